/* form.h - a form of a page, as a browser sends it back. Texts live until the program ends. */
#ifndef CVP_STACK_FORM_H
#define CVP_STACK_FORM_H

#include "client.h"

/* What the form behind `mark` (a text of its opening tag) holds: an object of texts by the names of its fields; boxes
 * that are ticked and choices are not read. Fails the test where there is no such form. */
json_t *form_of(const struct answer *page, const char *mark);

/* Posts such a form with another value in one of its fields and the button's name. */
const struct answer *send_form(const struct person *person, const char *path, json_t *form, const char *action);

#endif
