-- A submit writes each index of jobs at a place of its own, since ids and keys are random. Two of them found nothing that
-- another does not find: job_id alone is unique, and every search by key is among the keys that still hold.

ALTER TABLE jobs DROP CONSTRAINT jobs_pkey, DROP CONSTRAINT jobs_job_id_key;
ALTER TABLE jobs ADD PRIMARY KEY (job_id);
DROP INDEX jobs_idempotency, jobs_key;
CREATE UNIQUE INDEX jobs_idempotency ON jobs (idempotency_key, user_id) WHERE idem_live;
