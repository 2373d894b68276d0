#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "llm/llm.h"
#include "worker/parts.h"

#define POLL_MS      1000
#define PROMPT_BEGUN 20 /* percent when a question is put; an answer as long as usual ends at PROMPT_ENDED */
#define PROMPT_ENDED 80

/* Something for the asker to do. */
struct order {
	struct slot *slot;
	int64_t token;
	bool gives_up;
	enum cvp_code code; /* of giving up */
	const char *message;
};

struct asker {
	struct worker *worker;
	struct cvp_llm *llm;
	pthread_t thread;
	pthread_mutex_t lock;
	struct order *orders; /* under lock */
	size_t count, room;
	bool is_started, is_stopping; /* is_stopping: under lock */
	int wake_fd;
};

const char *
cvp_asker_model(const struct asker *asker, enum cvp_model_class class)
{
	return cvp_llm_model(asker->llm, class);
}

static void
wake(const struct asker *asker)
{
	static const uint64_t one = 1;

	/* a full counter means it is woken already */
	if (write(asker->wake_fd, &one, sizeof(one)) < 0)
		return;
}

static void
order(struct asker *asker, const struct order *given)
{
	pthread_mutex_lock(&asker->lock);
	if (asker->count == asker->room) {
		asker->room = asker->room > 0 ? 2 * asker->room : 16;
		asker->orders = cvp_xrealloc(asker->orders, asker->room * sizeof(*asker->orders));
	}
	asker->orders[asker->count++] = *given;
	pthread_mutex_unlock(&asker->lock);
	wake(asker);
}

void
cvp_asker_put(struct asker *asker, struct slot *slot)
{
	atomic_store(&slot->stage, CVP_STAGE_GENERATING);
	atomic_store(&slot->percent, PROMPT_BEGUN);
	pthread_mutex_lock(&asker->worker->lock);
	slot->state = SLOT_ASKING;
	pthread_mutex_unlock(&asker->worker->lock);
	order(asker, &(struct order){ .slot = slot });
}

void
cvp_asker_give_up(struct asker *asker, struct slot *slot, int64_t token, enum cvp_code code, const char *message)
{
	order(asker, &(struct order){ slot, token, true, code, message });
}

static void
on_progress(void *owner, int64_t output_tokens)
{
	struct slot *slot = owner;
	int64_t usual = slot->generation.usual_tokens > 0 ? slot->generation.usual_tokens : slot->request.max_tokens;
	int64_t percent = PROMPT_BEGUN + (PROMPT_ENDED - PROMPT_BEGUN) * output_tokens / usual;

	atomic_store(&slot->percent, (int)(percent < PROMPT_ENDED ? percent : PROMPT_ENDED));
}

static void
on_ended(void *owner, const struct cvp_model_outcome *outcome)
{
	struct slot *slot = owner;

	slot->outcome = *outcome;
	slot->outcome.answer = cvp_arena_own(slot->arena, json_incref((json_t *)outcome->answer));
	if (outcome->message != NULL)
		slot->outcome.message = cvp_arena_strdup(slot->arena, outcome->message);
	cvp_worker_wait(slot, PHASE_ANSWERED, 0);
}

static const struct cvp_llm_watcher watcher = { on_progress, on_ended };

static bool
is_asking(const struct asker *asker, const struct order *given)
{
	bool is_so;

	pthread_mutex_lock(&asker->worker->lock);
	is_so = given->slot->state == SLOT_ASKING && given->slot->generation.lease.token == given->token;
	pthread_mutex_unlock(&asker->worker->lock);
	return is_so;
}

static void
carry_out(struct asker *asker, const struct order *given)
{
	struct slot *slot = given->slot;

	if (!given->gives_up) {
		cvp_llm_begin(asker->llm, &slot->request, &watcher, slot);
		return;
	}
	if (!is_asking(asker, given)) /* answered meanwhile */
		return;
	cvp_llm_cancel(asker->llm, slot);
	slot->outcome = (struct cvp_model_outcome){ .code = given->code,
						    .message = given->message,
						    .retry_after = -1,
						    .model = cvp_asker_model(asker, slot->request.class) };
	cvp_worker_wait(slot, PHASE_ANSWERED, 0);
}

/* Takes all orders; false when the asker is to stop. */
static bool
take_orders(struct asker *asker, struct order **orders, size_t *count)
{
	uint64_t woken;
	bool goes_on;

	while (read(asker->wake_fd, &woken, sizeof(woken)) > 0)
		continue;
	pthread_mutex_lock(&asker->lock);
	*orders = asker->orders;
	*count = asker->count;
	asker->orders = NULL;
	asker->count = asker->room = 0;
	goes_on = !asker->is_stopping;
	pthread_mutex_unlock(&asker->lock);
	return goes_on;
}

static void *
ask(void *arg)
{
	struct asker *asker = arg;
	struct order *orders;
	size_t count;

	while (take_orders(asker, &orders, &count)) {
		for (size_t i = 0; i < count; i++)
			carry_out(asker, &orders[i]);
		free(orders);
		cvp_llm_poll(asker->llm, POLL_MS, asker->wake_fd);
	}
	free(orders);
	return NULL;
}

enum cvp_code
cvp_asker_new(struct cvp_ctx *ctx, struct worker *worker, struct asker **asker)
{
	struct asker *made = cvp_xcalloc(1, sizeof(*made));
	enum cvp_code code;

	code = cvp_llm_new(ctx, &made->llm);
	if (code != CVP_OK) {
		free(made);
		return code;
	}
	made->worker = worker;
	pthread_mutex_init(&made->lock, NULL);
	made->wake_fd = eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);
	if (made->wake_fd < 0)
		abort(); /* no descriptors at start */
	*asker = made;
	return CVP_OK;
}

void
cvp_asker_start(struct asker *asker)
{
	if (pthread_create(&asker->thread, NULL, ask, asker) != 0)
		abort(); /* no thread at start is no memory at start */
	asker->is_started = true;
}

void
cvp_asker_free(struct asker *asker)
{
	if (asker == NULL)
		return;
	pthread_mutex_lock(&asker->lock);
	asker->is_stopping = true;
	pthread_mutex_unlock(&asker->lock);
	wake(asker);
	if (asker->is_started)
		pthread_join(asker->thread, NULL);
	cvp_llm_free(asker->llm);
	free(asker->orders);
	pthread_mutex_destroy(&asker->lock);
	close(asker->wake_fd);
	free(asker);
}
