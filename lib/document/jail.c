#include "document/jail.h"

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <seccomp.h>
#include <stddef.h>
#include <sys/prctl.h>
#include <sys/resource.h>

#include "core/code.h"

#define DESCRIPTORS 64

static bool
limit(__rlimit_resource_t what, rlim_t most)
{
	return setrlimit(what, &(struct rlimit){ most, most }) == 0;
}

bool
cvp_jail_limits(void)
{
	bool is_done = limit(RLIMIT_CPU, CVP_JAIL_CPU_SECONDS) && limit(RLIMIT_FSIZE, 0) && limit(RLIMIT_CORE, 0) &&
		       limit(RLIMIT_NOFILE, DESCRIPTORS);

#ifndef __SANITIZE_ADDRESS__ /* its shadow alone is larger */
	is_done = is_done && limit(RLIMIT_AS, CVP_JAIL_MEMORY);
#endif
	return is_done;
}

/* A filter that is in force, or false. Whoever asks for what it refuses is told EPERM. */
static bool
load(scmp_filter_ctx filter, bool is_built)
{
	bool is_loaded = is_built && seccomp_load(filter) == 0;

	seccomp_release(filter);
	return is_loaded;
}

bool
cvp_jail_tool(void)
{
	static const int refused[] = {
		SCMP_SYS(socket),
		SCMP_SYS(socketpair),
		SCMP_SYS(connect),
		SCMP_SYS(bind),
		SCMP_SYS(listen),
		SCMP_SYS(accept),
		SCMP_SYS(accept4),
		SCMP_SYS(sendto),
		SCMP_SYS(sendmsg),
		SCMP_SYS(sendmmsg),
		SCMP_SYS(creat),
		SCMP_SYS(unlink),
		SCMP_SYS(unlinkat),
		SCMP_SYS(rename),
		SCMP_SYS(renameat),
		SCMP_SYS(renameat2),
		SCMP_SYS(mkdir),
		SCMP_SYS(mkdirat),
		SCMP_SYS(rmdir),
		SCMP_SYS(link),
		SCMP_SYS(linkat),
		SCMP_SYS(symlink),
		SCMP_SYS(symlinkat),
		SCMP_SYS(mknod),
		SCMP_SYS(mknodat),
		SCMP_SYS(chmod),
		SCMP_SYS(fchmod),
		SCMP_SYS(fchmodat),
		SCMP_SYS(chown),
		SCMP_SYS(fchown),
		SCMP_SYS(lchown),
		SCMP_SYS(fchownat),
		SCMP_SYS(truncate),
		SCMP_SYS(utimensat),
		SCMP_SYS(setxattr),
		SCMP_SYS(mount),
		SCMP_SYS(umount2),
		SCMP_SYS(pivot_root),
		SCMP_SYS(chroot),
		SCMP_SYS(unshare),
		SCMP_SYS(setns),
		SCMP_SYS(ptrace),
		SCMP_SYS(kill),
		SCMP_SYS(tkill),
		SCMP_SYS(process_vm_readv),
		SCMP_SYS(process_vm_writev),
		SCMP_SYS(pidfd_open),
		SCMP_SYS(bpf),
		SCMP_SYS(perf_event_open),
		SCMP_SYS(keyctl),
		SCMP_SYS(add_key),
		SCMP_SYS(request_key),
		SCMP_SYS(userfaultfd),
		SCMP_SYS(io_uring_setup),
		SCMP_SYS(fork),
		SCMP_SYS(vfork),
		SCMP_SYS(setrlimit),
		SCMP_SYS(init_module),
		SCMP_SYS(finit_module),
		SCMP_SYS(kexec_load),
	};
	static const unsigned writing[] = { O_WRONLY, O_RDWR };
	scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ALLOW);
	bool is_built = filter != NULL;

	for (size_t i = 0; is_built && i < CVP_COUNT(refused); i++)
		is_built = seccomp_rule_add(filter, SCMP_ACT_ERRNO(EPERM), refused[i], 0) == 0;
	for (size_t i = 0; is_built && i < CVP_COUNT(writing); i++)
		is_built = seccomp_rule_add(filter, SCMP_ACT_ERRNO(EPERM), SCMP_SYS(open), 1,
					    SCMP_A1(SCMP_CMP_MASKED_EQ, O_ACCMODE, writing[i])) == 0 &&
			   seccomp_rule_add(filter, SCMP_ACT_ERRNO(EPERM), SCMP_SYS(openat), 1,
					    SCMP_A2(SCMP_CMP_MASKED_EQ, O_ACCMODE, writing[i])) == 0;
	is_built = is_built &&
		   seccomp_rule_add(filter, SCMP_ACT_ERRNO(EPERM), SCMP_SYS(open), 1,
				    SCMP_A1(SCMP_CMP_MASKED_EQ, O_CREAT, O_CREAT)) == 0 &&
		   seccomp_rule_add(filter, SCMP_ACT_ERRNO(EPERM), SCMP_SYS(openat), 1,
				    SCMP_A2(SCMP_CMP_MASKED_EQ, O_CREAT, O_CREAT)) == 0 &&
		   seccomp_rule_add(filter, SCMP_ACT_ERRNO(ENOSYS), SCMP_SYS(openat2), 0) == 0 &&
		   /* threads yes, processes no; clone3 hides its flags from filters, libc then takes clone */
		   seccomp_rule_add(filter, SCMP_ACT_ERRNO(EPERM), SCMP_SYS(clone), 1,
				    SCMP_A0(SCMP_CMP_MASKED_EQ, CLONE_THREAD, 0)) == 0 &&
		   seccomp_rule_add(filter, SCMP_ACT_ERRNO(ENOSYS), SCMP_SYS(clone3), 0) == 0;
	return load(filter, is_built);
}

bool
cvp_jail_parser(void)
{
	static const int allowed[] = {
		SCMP_SYS(read),          SCMP_SYS(write),          SCMP_SYS(close),        SCMP_SYS(fstat),
		SCMP_SYS(newfstatat),    SCMP_SYS(lseek),          SCMP_SYS(mmap),         SCMP_SYS(munmap),
		SCMP_SYS(mprotect),      SCMP_SYS(mremap),         SCMP_SYS(madvise),      SCMP_SYS(brk),
		SCMP_SYS(futex),         SCMP_SYS(poll),           SCMP_SYS(wait4),        SCMP_SYS(getrandom),
		SCMP_SYS(clock_gettime), SCMP_SYS(gettimeofday),   SCMP_SYS(getpid),       SCMP_SYS(gettid),
		SCMP_SYS(rt_sigaction),  SCMP_SYS(rt_sigprocmask), SCMP_SYS(rt_sigreturn), SCMP_SYS(sigaltstack),
		SCMP_SYS(sched_yield),   SCMP_SYS(exit),           SCMP_SYS(exit_group),   SCMP_SYS(restart_syscall),
	};
	scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ERRNO(EPERM));
	bool is_built = filter != NULL;

	for (size_t i = 0; is_built && i < CVP_COUNT(allowed); i++)
		is_built = seccomp_rule_add(filter, SCMP_ACT_ALLOW, allowed[i], 0) == 0;
	return load(filter, is_built);
}
