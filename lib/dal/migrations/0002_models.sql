-- What is known of the models that workers call, shared by all of them, and what users have spent on them.

CREATE TABLE model_state (
	model        text COLLATE "C" PRIMARY KEY,
	failures     integer NOT NULL DEFAULT 0,
	opened_until timestamptz,
	probes       integer NOT NULL DEFAULT 0,
	successes    integer NOT NULL DEFAULT 0
);
COMMENT ON TABLE model_state IS 'Circuit breakers, one a model';
COMMENT ON COLUMN model_state.model IS 'Name of the model, as configured';
COMMENT ON COLUMN model_state.failures IS 'Failures in a row that a repetition may help';
COMMENT ON COLUMN model_state.opened_until IS 'No call before; from then on probes; null: closed';
COMMENT ON COLUMN model_state.probes IS 'Calls let through since opened_until has passed';
COMMENT ON COLUMN model_state.successes IS 'How many of them were answered';

CREATE TABLE spending (
	user_id text COLLATE "C" NOT NULL,
	day     date NOT NULL,
	tokens  bigint NOT NULL,
	usd     numeric(14, 6) NOT NULL,
	PRIMARY KEY (user_id, day)
);
CREATE INDEX spending_day ON spending (day);
COMMENT ON TABLE spending IS 'What model calls for a user took, by day';
COMMENT ON COLUMN spending.user_id IS 'For whom the calls were made';
COMMENT ON COLUMN spending.day IS 'In UTC';
COMMENT ON COLUMN spending.tokens IS 'In and out, cached ones too';
COMMENT ON COLUMN spending.usd IS 'US dollars by the price table';
