/* verbs.h - the words of the careervp command, a file per word. Exit status: 0, 1 (says no), 2 (usage). */
#ifndef CVP_BIN_VERBS_H
#define CVP_BIN_VERBS_H

/* argv[0] is the word itself. */
int cvp_verb_config(int argc, char **argv);
int cvp_verb_export(int argc, char **argv);
int cvp_verb_gap(int argc, char **argv);
int cvp_verb_import(int argc, char **argv);
int cvp_verb_jobs(int argc, char **argv);
int cvp_verb_keys(int argc, char **argv);
int cvp_verb_llm(int argc, char **argv);
int cvp_verb_match(int argc, char **argv);
int cvp_verb_migrate(int argc, char **argv);
int cvp_verb_render(int argc, char **argv);
int cvp_verb_report(int argc, char **argv);
int cvp_verb_tailor(int argc, char **argv);
int cvp_verb_token(int argc, char **argv);
int cvp_verb_user(int argc, char **argv);
int cvp_verb_validate(int argc, char **argv);
int cvp_verb_verify(int argc, char **argv);
int cvp_verb_worker(int argc, char **argv);

#endif
