#include "core/fault.h"

#include <signal.h>
#include <stdatomic.h>
#include <string.h>
#include <unistd.h>

#include "core/config.h"

#define DEADLY_PASS 3

static const char *const names[CVP_FAULT_COUNT] = { "claimed", "loaded",  "generated", "opened",
						    "removed", "written", "committed" };

const char *
cvp_fault_name(enum cvp_fault step)
{
	return names[step];
}

void
cvp_fault_here(const struct cvp_config *config, enum cvp_fault step)
{
	static atomic_int passes;

	if (strcmp(cvp_config_text(config, CVP_SET_FAULT_AT), names[step]) == 0 &&
	    atomic_fetch_add(&passes, 1) + 1 == DEADLY_PASS)
		kill(getpid(), SIGKILL);
}
