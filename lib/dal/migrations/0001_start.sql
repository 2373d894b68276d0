-- The tables of accounts, CVs, applications, jobs and their products. Bodies are sealed (see lib/dal/seal.h): a bytea of
-- format byte, key id, nonce and ciphertext. Every column says what it holds, so that psql's \d+ is a manual. Ids are
-- compared byte by byte (COLLATE "C"): in a database of another locale each comparison would cost a strcoll().

CREATE TABLE users (
	user_id    text COLLATE "C" PRIMARY KEY,
	roles      text[] NOT NULL DEFAULT '{candidate}',
	locale     text,
	profile    bytea,
	created_at timestamptz NOT NULL
);
COMMENT ON TABLE users IS 'Everybody who owns something';
COMMENT ON COLUMN users.user_id IS 'Opaque id; never an email';
COMMENT ON COLUMN users.roles IS 'Of candidate, recruiter, admin';
COMMENT ON COLUMN users.locale IS 'Language of the pages: en, ru, he; null follows the browser';
COMMENT ON COLUMN users.profile IS 'Sealed: {email}';
COMMENT ON COLUMN users.created_at IS 'When the account was made';

CREATE TABLE logins (
	email_hash    bytea PRIMARY KEY,
	user_id       text COLLATE "C" NOT NULL,
	password_hash text NOT NULL
);
CREATE INDEX logins_user ON logins (user_id);
COMMENT ON TABLE logins IS 'Sign-in by email and password';
COMMENT ON COLUMN logins.email_hash IS 'Keyed hash of the folded email';
COMMENT ON COLUMN logins.user_id IS 'Whom it signs in';
COMMENT ON COLUMN logins.password_hash IS 'Argon2id, with its parameters';

CREATE TABLE web_sessions (
	token_hash   bytea PRIMARY KEY,
	user_id      text COLLATE "C" NOT NULL,
	csrf         text NOT NULL,
	created_at   timestamptz NOT NULL,
	last_used_at timestamptz NOT NULL,
	expires_at   timestamptz NOT NULL
);
CREATE INDEX web_sessions_user ON web_sessions (user_id);
CREATE INDEX web_sessions_expires ON web_sessions (expires_at);
COMMENT ON TABLE web_sessions IS 'Signed-in browsers';
COMMENT ON COLUMN web_sessions.token_hash IS 'SHA-256 of the cookie';
COMMENT ON COLUMN web_sessions.user_id IS 'Who is signed in';
COMMENT ON COLUMN web_sessions.csrf IS 'Token every form of this session carries';
COMMENT ON COLUMN web_sessions.created_at IS 'When the sign-in was';
COMMENT ON COLUMN web_sessions.last_used_at IS 'Last use, written at most once a minute';
COMMENT ON COLUMN web_sessions.expires_at IS 'End unless used: 14 days after the last use';

CREATE TABLE api_tokens (
	token_hash   bytea PRIMARY KEY,
	user_id      text COLLATE "C" NOT NULL,
	label        text NOT NULL,
	created_at   timestamptz NOT NULL,
	last_used_at timestamptz,
	expires_at   timestamptz NOT NULL
);
CREATE INDEX api_tokens_user ON api_tokens (user_id, created_at DESC);
CREATE INDEX api_tokens_expires ON api_tokens (expires_at);
COMMENT ON TABLE api_tokens IS 'Bearer tokens of programs';
COMMENT ON COLUMN api_tokens.token_hash IS 'SHA-256 of the token; its hex is the id shown';
COMMENT ON COLUMN api_tokens.user_id IS 'Whom the token acts for';
COMMENT ON COLUMN api_tokens.label IS 'What the owner called it';
COMMENT ON COLUMN api_tokens.created_at IS 'When it was made';
COMMENT ON COLUMN api_tokens.last_used_at IS 'Last use, written at most once a minute';
COMMENT ON COLUMN api_tokens.expires_at IS 'End; infinity for none';

CREATE TABLE cvs (
	user_id      text COLLATE "C" NOT NULL,
	cv_id        text COLLATE "C" NOT NULL,
	head_version integer NOT NULL,
	is_primary   boolean NOT NULL,
	language     text NOT NULL,
	created_at   timestamptz NOT NULL,
	updated_at   timestamptz NOT NULL,
	PRIMARY KEY (user_id, cv_id)
);
CREATE UNIQUE INDEX cvs_primary ON cvs (user_id) WHERE is_primary;
COMMENT ON TABLE cvs IS 'CVs; their content is in cv_versions';
COMMENT ON COLUMN cvs.user_id IS 'Owner';
COMMENT ON COLUMN cvs.cv_id IS 'Id of the CV';
COMMENT ON COLUMN cvs.head_version IS 'Newest version';
COMMENT ON COLUMN cvs.is_primary IS 'The one taken where a request names none; exactly one a user';
COMMENT ON COLUMN cvs.language IS 'en, ru, he';
COMMENT ON COLUMN cvs.created_at IS 'When it was first stored';
COMMENT ON COLUMN cvs.updated_at IS 'When its newest version was stored';

CREATE TABLE cv_versions (
	user_id        text COLLATE "C" NOT NULL,
	cv_id          text COLLATE "C" NOT NULL,
	version        integer NOT NULL,
	body           bytea NOT NULL,
	original       bytea,
	original_type  text,
	checksum       text NOT NULL,
	content_sha256 text NOT NULL,
	created_at     timestamptz NOT NULL,
	PRIMARY KEY (user_id, cv_id, version)
);
COMMENT ON TABLE cv_versions IS 'Every version of every CV';
COMMENT ON COLUMN cv_versions.user_id IS 'Owner';
COMMENT ON COLUMN cv_versions.cv_id IS 'Id of the CV';
COMMENT ON COLUMN cv_versions.version IS '1 and up';
COMMENT ON COLUMN cv_versions.body IS 'Sealed: JSON Resume';
COMMENT ON COLUMN cv_versions.original IS 'Sealed: the text it was made from, where it was not JSON';
COMMENT ON COLUMN cv_versions.original_type IS 'Media type of the original';
COMMENT ON COLUMN cv_versions.checksum IS 'SHA-256 of the canonical body';
COMMENT ON COLUMN cv_versions.content_sha256 IS 'The same without meta, for telling duplicates';
COMMENT ON COLUMN cv_versions.created_at IS 'When this version was stored';

CREATE TABLE applications (
	user_id        text COLLATE "C" NOT NULL,
	application_id text COLLATE "C" NOT NULL,
	cv_id          text COLLATE "C",
	posting        bytea,
	stage          text NOT NULL DEFAULT 'CREATED',
	created_at     timestamptz NOT NULL,
	updated_at     timestamptz NOT NULL,
	PRIMARY KEY (user_id, application_id)
);
COMMENT ON TABLE applications IS 'A candidate going for one job; made on first use of its id';
COMMENT ON COLUMN applications.user_id IS 'Owner';
COMMENT ON COLUMN applications.application_id IS 'Id, the caller''s or minted';
COMMENT ON COLUMN applications.cv_id IS 'The CV it uses; null: the primary one';
COMMENT ON COLUMN applications.posting IS 'Sealed: the posting in its stored form';
COMMENT ON COLUMN applications.stage IS 'CREATED, GAP_ANALYSIS, GENERATING_ARTIFACTS, READY';
COMMENT ON COLUMN applications.created_at IS 'When it was made';
COMMENT ON COLUMN applications.updated_at IS 'Last change';

CREATE TABLE jobs (
	job_id          text COLLATE "C" NOT NULL,
	user_id         text COLLATE "C" NOT NULL,
	application_id  text COLLATE "C",
	kind            text COLLATE "C" NOT NULL,
	status          text NOT NULL,
	created_at      timestamptz NOT NULL,
	started_at      timestamptz,
	completed_at    timestamptz,
	expires_at      timestamptz NOT NULL,
	idempotency_key text COLLATE "C" NOT NULL,
	idem_live       boolean NOT NULL,
	input_digest    bytea NOT NULL,
	input_data      bytea NOT NULL,
	result_key      text COLLATE "C",
	error           text,
	code            text,
	details         bytea,
	errors          bytea,
	token_usage     jsonb,
	vpr_version     integer,
	word_count      integer,
	attempts        integer NOT NULL DEFAULT 0,
	extra           jsonb NOT NULL DEFAULT '{}',
	purge_at        timestamptz NOT NULL,
	dead_at         timestamptz,
	PRIMARY KEY (user_id, job_id),
	UNIQUE (job_id)
) WITH (fillfactor = 70);
-- no index names status, so that a completion is a heap-only update
CREATE UNIQUE INDEX jobs_idempotency ON jobs (user_id, idempotency_key) WHERE idem_live;
CREATE INDEX jobs_key ON jobs (idempotency_key, created_at DESC);
CREATE INDEX jobs_newest ON jobs (user_id, created_at DESC);
CREATE INDEX jobs_purge ON jobs (purge_at);
CREATE INDEX jobs_dead ON jobs (dead_at) WHERE dead_at IS NOT NULL;
COMMENT ON TABLE jobs IS 'Everything that was asked to be generated';
COMMENT ON COLUMN jobs.job_id IS 'Id of the job';
COMMENT ON COLUMN jobs.user_id IS 'Owner; system for jobs of nobody';
COMMENT ON COLUMN jobs.application_id IS 'Application it works for';
COMMENT ON COLUMN jobs.kind IS 'Artifact kind';
COMMENT ON COLUMN jobs.status IS 'PENDING until COMPLETED or FAILED; PROCESSING is read from queue';
COMMENT ON COLUMN jobs.created_at IS 'Submit';
COMMENT ON COLUMN jobs.started_at IS 'First claim, copied from queue by the completing transaction';
COMMENT ON COLUMN jobs.completed_at IS 'End, in success or failure';
COMMENT ON COLUMN jobs.expires_at IS 'From here on it is unseen';
COMMENT ON COLUMN jobs.idempotency_key IS 'Equal keys of one user share a live job';
COMMENT ON COLUMN jobs.idem_live IS 'Does the key still hold?';
COMMENT ON COLUMN jobs.input_digest IS 'SHA-256 over the canonical input and the CV version';
COMMENT ON COLUMN jobs.input_data IS 'Sealed: the request as accepted';
COMMENT ON COLUMN jobs.result_key IS 'Where the result lies: results/{job_id}.json';
COMMENT ON COLUMN jobs.error IS 'Why it failed, a sentence';
COMMENT ON COLUMN jobs.code IS 'Why it failed, a result code';
COMMENT ON COLUMN jobs.details IS 'Sealed: what the owner may know beyond the sentence';
COMMENT ON COLUMN jobs.errors IS 'Sealed: the failures of all attempts';
COMMENT ON COLUMN jobs.token_usage IS 'Tokens, model and dollars';
COMMENT ON COLUMN jobs.vpr_version IS 'Version of the artifact it made';
COMMENT ON COLUMN jobs.word_count IS 'Words of the artifact it made';
COMMENT ON COLUMN jobs.attempts IS 'Attempts made when it ended';
COMMENT ON COLUMN jobs.extra IS 'Further fields: cv_id and cv_version taken at submit, persisted, the caller''s own';
COMMENT ON COLUMN jobs.purge_at IS 'When the sweeper removes it';
COMMENT ON COLUMN jobs.dead_at IS 'When it became a dead letter';

CREATE TABLE queue (
	job_id      text COLLATE "C" PRIMARY KEY,
	user_id     text COLLATE "C" NOT NULL,
	kind        text COLLATE "C" NOT NULL,
	priority    smallint NOT NULL DEFAULT 5,
	turn        integer NOT NULL DEFAULT 0,
	run_at      timestamptz NOT NULL,
	attempts    smallint NOT NULL DEFAULT 0,
	started_at  timestamptz,
	lease_until timestamptz,
	lease_token bigint,
	worker_id   text COLLATE "C",
	stage       text NOT NULL DEFAULT 'queued',
	percent     smallint NOT NULL DEFAULT 0
) WITH (fillfactor = 70);
CREATE INDEX queue_due ON queue (priority DESC, turn, run_at) WHERE lease_token IS NULL;
CREATE INDEX queue_leased ON queue (lease_until) WHERE lease_token IS NOT NULL;
CREATE INDEX queue_user ON queue (user_id);
CREATE SEQUENCE lease_tokens CACHE 32;
COMMENT ON TABLE queue IS 'A row per unfinished job, deleted by the transaction that ends it';
COMMENT ON COLUMN queue.job_id IS 'The job';
COMMENT ON COLUMN queue.user_id IS 'Its owner, for fairness';
COMMENT ON COLUMN queue.kind IS 'Artifact kind';
COMMENT ON COLUMN queue.priority IS '0 to 9, 9 first';
COMMENT ON COLUMN queue.turn IS 'Unfinished jobs the user had at submit';
COMMENT ON COLUMN queue.run_at IS 'Not before';
COMMENT ON COLUMN queue.attempts IS 'Claims so far';
COMMENT ON COLUMN queue.started_at IS 'First claim';
COMMENT ON COLUMN queue.lease_until IS 'End of the lease unless renewed';
COMMENT ON COLUMN queue.lease_token IS 'Fencing token of the lease; null: nobody works on it';
COMMENT ON COLUMN queue.worker_id IS 'Who holds the lease';
COMMENT ON COLUMN queue.stage IS 'What is being done';
COMMENT ON COLUMN queue.percent IS '0 to 100';

CREATE TABLE artifacts (
	owner          text COLLATE "C" NOT NULL,
	kind           text COLLATE "C" NOT NULL,
	subject        text COLLATE "C" NOT NULL,
	version        integer NOT NULL,
	created_at     timestamptz NOT NULL,
	expires_at     timestamptz NOT NULL,
	checksum       text NOT NULL,
	content_sha256 text NOT NULL,
	body           bytea NOT NULL,
	metadata       jsonb NOT NULL DEFAULT '{}',
	token_usage    jsonb,
	verified       boolean NOT NULL,
	job_id         text COLLATE "C",
	PRIMARY KEY (owner, kind, subject, version),
	UNIQUE (owner, kind, subject, created_at)
);
CREATE INDEX artifacts_newest ON artifacts (owner, kind, created_at DESC, subject DESC);
CREATE INDEX artifacts_expires ON artifacts (expires_at);
COMMENT ON TABLE artifacts IS 'Everything generated, all kinds, all versions';
COMMENT ON COLUMN artifacts.owner IS 'Whose it is';
COMMENT ON COLUMN artifacts.kind IS 'match, gap_analysis, tailored_cv, vpr';
COMMENT ON COLUMN artifacts.subject IS 'application_id, or cv_id#job_posting_id';
COMMENT ON COLUMN artifacts.version IS '1 and up';
COMMENT ON COLUMN artifacts.created_at IS 'When it was made; unique within its subject';
COMMENT ON COLUMN artifacts.expires_at IS 'From here on it is unseen; infinity: pinned';
COMMENT ON COLUMN artifacts.checksum IS 'SHA-256 of the canonical body, verified on every read';
COMMENT ON COLUMN artifacts.content_sha256 IS 'The same without ids, times and versions, for telling duplicates';
COMMENT ON COLUMN artifacts.body IS 'Sealed: the artifact';
COMMENT ON COLUMN artifacts.metadata IS 'Ids, versions, language, model, counts and codes; never content';
COMMENT ON COLUMN artifacts.token_usage IS 'Tokens, model and dollars';
COMMENT ON COLUMN artifacts.verified IS 'Did fact verification pass?';
COMMENT ON COLUMN artifacts.job_id IS 'The job that made it';

CREATE TABLE results (
	user_id    text COLLATE "C" NOT NULL,
	result_key text COLLATE "C" NOT NULL,
	job_id     text COLLATE "C" NOT NULL,
	body       bytea NOT NULL,
	checksum   text NOT NULL,
	expires_at timestamptz NOT NULL,
	PRIMARY KEY (user_id, result_key)
);
CREATE INDEX results_job ON results (job_id);
CREATE INDEX results_expires ON results (expires_at);
COMMENT ON TABLE results IS 'Finished results as the signed links give them';
COMMENT ON COLUMN results.user_id IS 'Owner';
COMMENT ON COLUMN results.result_key IS 'results/{job_id}.json';
COMMENT ON COLUMN results.job_id IS 'The job that made it';
COMMENT ON COLUMN results.body IS 'Sealed: the artifact, bare';
COMMENT ON COLUMN results.checksum IS 'SHA-256 of the canonical body';
COMMENT ON COLUMN results.expires_at IS 'Seven days on';

CREATE UNLOGGED TABLE rate_buckets (
	subject  text COLLATE "C" NOT NULL,
	class    text COLLATE "C" NOT NULL,
	tokens   double precision NOT NULL,
	at       timestamptz NOT NULL,
	is_spent boolean NOT NULL,
	PRIMARY KEY (subject, class)
);
CREATE INDEX rate_buckets_at ON rate_buckets (at);
COMMENT ON TABLE rate_buckets IS 'Token buckets of the rate limits; worthless after a crash, hence unlogged';
COMMENT ON COLUMN rate_buckets.subject IS 'Keyed hash of the user, address or field that is limited';
COMMENT ON COLUMN rate_buckets.class IS 'Which limit';
COMMENT ON COLUMN rate_buckets.tokens IS 'Tokens left at that time';
COMMENT ON COLUMN rate_buckets.at IS 'When they were counted';
COMMENT ON COLUMN rate_buckets.is_spent IS 'Did the last request get one?';

-- Which CV a job takes: the one named, else the application's, else the primary one. One row or none.
CREATE FUNCTION job_cv(for_user text, for_application text, named_cv text)
	RETURNS TABLE (cv_id text, version integer) LANGUAGE sql STABLE AS $$
	SELECT c.cv_id, c.head_version FROM cvs c WHERE c.user_id = for_user AND c.cv_id = coalesce(named_cv,
		(SELECT a.cv_id FROM applications a WHERE a.user_id = for_user AND a.application_id = for_application),
		(SELECT p.cv_id FROM cvs p WHERE p.user_id = for_user AND p.is_primary))
$$;
