/* run.h - the end of every test program: runs its suite, and says by its exit status how it went. */
#ifndef CVP_TEST_RUN_H
#define CVP_TEST_RUN_H

#include <check.h>
#include <stdlib.h>

static inline int
run(Suite *suite)
{
	SRunner *runner = srunner_create(suite);
	int failed;

	srunner_run_all(runner, CK_NORMAL);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}

#endif
