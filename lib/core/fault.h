/* fault.h - where a test may have the worker die: at a named step of a job, at once and without a word, as in a power
 * cut (tests/fault). Nothing happens where FAULT_AT names no step. */
#ifndef CVP_CORE_FAULT_H
#define CVP_CORE_FAULT_H

struct cvp_config;

/* The steps of a job in the worker, in order. */
enum cvp_fault {
	CVP_FAULT_CLAIMED,   /* jobs are leased to us, none is begun */
	CVP_FAULT_LOADED,    /* CV, posting and answers are read */
	CVP_FAULT_GENERATED, /* the artifact is made and verified */
	CVP_FAULT_OPENED,    /* the transaction that ends the job has begun */
	CVP_FAULT_REMOVED,   /* in it the job has left the queue */
	CVP_FAULT_WRITTEN,   /* in it artifact, result and status are written */
	CVP_FAULT_COMMITTED, /* it is committed, nobody knows yet */
	CVP_FAULT_COUNT
};

/* As FAULT_AT names it; static. */
const char *cvp_fault_name(enum cvp_fault step);

/* Dies here, where FAULT_AT says so and jobs have passed here before: the third is in the midst of things. */
void cvp_fault_here(const struct cvp_config *config, enum cvp_fault step);

#endif
