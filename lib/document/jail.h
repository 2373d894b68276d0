/* jail.h - what a process may still do once it reads strangers' documents. Private to careervp-extract.
 *
 * Each takes away for good, from the process and what it starts. False where the kernel does not do it: do not go on.
 */
#ifndef CVP_DOCUMENT_JAIL_H
#define CVP_DOCUMENT_JAIL_H

#include <stdbool.h>

#define CVP_JAIL_CPU_SECONDS 20        /* SPEC 10 */
#define CVP_JAIL_MEMORY      536870912 /* bytes of address space, SPEC 10 */

/* CPU, memory, files of no length, no core file. */
bool cvp_jail_limits(void);

/* For a tool that is run on the document: it may read files (its libraries, its tables), and start no process, open no
 * socket, change no file, signal nobody. */
bool cvp_jail_tool(void);

/* For our own parsers: memory, what is open already, and the end. */
bool cvp_jail_parser(void);

#endif
