#include "core/config.h"
#include "core/log.h"
#include "dal/heartbeat.h"
#include "worker/parts.h"

#define TELL_AFTER CVP_SECOND /* progress of a job is written at most so often (SPEC 5.1) */

static const char too_long[] = "The model did not answer within the time that an attempt may take.";
static const char lost[] = "The job is not this worker's any more.";

static int64_t
setting_micros(const struct worker *worker, enum cvp_setting setting)
{
	return cvp_config_int(worker->config, setting) * CVP_SECOND;
}

/* What is to be told of a slot; false: nothing. An attempt beyond its time is not renewed: the lease runs out and its
 * writes will be refused. */
static bool
take_beat(const struct worker *worker, struct slot *slot, int64_t now, struct cvp_beat *beat)
{
	int percent = atomic_load(&slot->percent);
	bool has_time = now - slot->claimed_at < setting_micros(worker, CVP_SET_JOB_TIMEOUT_SECONDS);
	bool renews = has_time && now - slot->renewed_at >= setting_micros(worker, CVP_SET_JOB_LEASE_SECONDS) / 3;
	bool tells = percent != slot->told_percent && now - slot->told_at >= TELL_AFTER;

	if (slot->state == SLOT_FREE || !(renews || tells))
		return false;
	slot->renewed_at = renews ? now : slot->renewed_at;
	slot->told_at = now;
	slot->told_percent = percent;
	*beat = (struct cvp_beat){ .job_id = slot->generation.lease.job.job_id,
				   .token = slot->generation.lease.token,
				   .stage = (enum cvp_stage)atomic_load(&slot->stage),
				   .percent = percent,
				   .renews = renews };
	return true;
}

/* The beats with their slots beside them; in the context, as the slots may be filled anew meanwhile. */
static size_t
collect(struct cvp_ctx *ctx, struct worker *worker, struct cvp_beat *beats, struct slot **slots)
{
	int64_t now = cvp_monotonic();
	size_t count = 0;

	pthread_mutex_lock(&worker->lock);
	for (size_t i = 0; i < worker->slot_count; i++) {
		if (!take_beat(worker, &worker->slots[i], now, &beats[count]))
			continue;
		beats[count].job_id = cvp_arena_strdup(ctx->arena, beats[count].job_id);
		slots[count++] = &worker->slots[i];
	}
	pthread_mutex_unlock(&worker->lock);
	return count;
}

/* A question whose attempt has had its time; the slot and the token of its lease. */
struct overdue {
	struct slot *slot;
	int64_t token;
};

static size_t
collect_overdue(struct worker *worker, struct overdue *overdue)
{
	int64_t limit = cvp_monotonic() - setting_micros(worker, CVP_SET_JOB_TIMEOUT_SECONDS);
	size_t count = 0;

	pthread_mutex_lock(&worker->lock);
	for (size_t i = 0; i < worker->slot_count; i++) {
		struct slot *slot = &worker->slots[i];

		if (slot->state == SLOT_ASKING && slot->claimed_at < limit)
			overdue[count++] = (struct overdue){ slot, slot->generation.lease.token };
	}
	pthread_mutex_unlock(&worker->lock);
	return count;
}

static void
give_up_overdue(struct cvp_ctx *ctx, struct worker *worker)
{
	struct overdue *overdue = cvp_arena_alloc(ctx->arena, worker->slot_count * sizeof(*overdue));
	size_t count = collect_overdue(worker, overdue);

	for (size_t i = 0; i < count; i++)
		cvp_asker_give_up(worker->asker, overdue[i].slot, overdue[i].token, CVP_LLM_TIMEOUT, too_long);
}

enum cvp_code
cvp_worker_pulse(struct cvp_ctx *ctx, struct worker *worker)
{
	struct cvp_beat *beats = cvp_arena_alloc(ctx->arena, worker->slot_count * sizeof(*beats));
	struct slot **slots = cvp_arena_alloc(ctx->arena, worker->slot_count * sizeof(*slots));
	size_t count = collect(ctx, worker, beats, slots);
	enum cvp_code code = CVP_OK;

	if (count > 0)
		code = cvp_queue_beat(ctx, beats, count, cvp_config_int(worker->config, CVP_SET_JOB_LEASE_SECONDS));
	if (code != CVP_OK || worker->asker == NULL)
		return code;
	for (size_t i = 0; i < count; i++)
		if (!beats[i].is_held)
			cvp_asker_give_up(worker->asker, slots[i], beats[i].token, CVP_CANCELLED, lost);
	give_up_overdue(ctx, worker);
	return CVP_OK;
}
