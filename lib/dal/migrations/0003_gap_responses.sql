-- What candidates have answered to gap questions.

CREATE TABLE gap_responses (
	user_id        text COLLATE "C" NOT NULL,
	application_id text COLLATE "C" NOT NULL,
	question_id    text COLLATE "C" NOT NULL,
	body           bytea NOT NULL,
	destination    text NOT NULL,
	created_at     timestamptz NOT NULL,
	expires_at     timestamptz NOT NULL,
	PRIMARY KEY (user_id, application_id, question_id)
);
CREATE INDEX gap_responses_expires ON gap_responses (expires_at);
COMMENT ON TABLE gap_responses IS 'Answers to gap questions, one a question and application';
COMMENT ON COLUMN gap_responses.user_id IS 'Who answered';
COMMENT ON COLUMN gap_responses.application_id IS 'For which application';
COMMENT ON COLUMN gap_responses.question_id IS 'The question; asked again, it has the same id';
COMMENT ON COLUMN gap_responses.body IS 'Sealed: {question, answer, skills_mentioned?}';
COMMENT ON COLUMN gap_responses.destination IS 'CV_IMPACT: evidence; INTERVIEW_MVP_ONLY: the candidate''s own notes';
COMMENT ON COLUMN gap_responses.created_at IS 'First answer; the order of the answers';
COMMENT ON COLUMN gap_responses.expires_at IS '90 days after the last change';
