/* careervp config: every setting, its value in force, its type and what it is for. */
#include <stdio.h>

#include "core/config.h"
#include "operator.h"
#include "verbs.h"

static const char *
shown(const struct cvp_config *config, enum cvp_setting setting)
{
	const char *value = cvp_config_text(config, setting);

	return cvp_setting_info(setting).is_secret && *value != '\0' ? "(secret)" : value;
}

int
cvp_verb_config(int argc, char **argv)
{
	struct cvp_operator op;
	int status = 1;

	if (argc > 1)
		return cvp_verb_usage(argc, argv, "config");
	if (cvp_operator_open(&op, "config", false, false)) {
		for (int i = 0; i < CVP_SET_COUNT; i++) {
			struct cvp_setting_info info = cvp_setting_info((enum cvp_setting)i);

			printf("%s=%s\n\t# %s (%s)\n", info.name, shown(op.config, (enum cvp_setting)i), info.sentence,
			       info.type);
		}
		status = 0;
	}
	cvp_operator_close(&op);
	return status;
}
