#include <ctype.h>
#include <curl/curl.h>
#include <string.h>

#include "core/clock.h"
#include "llm/llm.h"

#define LONGEST_WAIT (60 * CVP_SECOND)
#define DIGITS_MAX   9 /* of Retry-After in seconds: 31 years */

struct cvp_llm_fault
cvp_llm_fault_of_status(long status)
{
	if (status == 408 || status == 504)
		return (struct cvp_llm_fault){ CVP_LLM_TIMEOUT, true };
	if (status == 429)
		return (struct cvp_llm_fault){ CVP_LLM_RATE_LIMITED, true };
	if (status == 409 || (status >= 500 && status <= 599))
		return (struct cvp_llm_fault){ CVP_LLM_API_ERROR, true };
	return (struct cvp_llm_fault){ CVP_LLM_REQUEST_REJECTED, false };
}

/* Failures that stay until somebody changes something, here or there. */
static bool
is_lasting(int curl_code)
{
	return curl_code == CURLE_UNSUPPORTED_PROTOCOL || curl_code == CURLE_URL_MALFORMAT ||
	       curl_code == CURLE_PEER_FAILED_VERIFICATION || curl_code == CURLE_SSL_CERTPROBLEM ||
	       curl_code == CURLE_SSL_CACERT_BADFILE || curl_code == CURLE_SSL_CIPHER;
}

struct cvp_llm_fault
cvp_llm_fault_of_transfer(int curl_code)
{
	if (curl_code == CURLE_OPERATION_TIMEDOUT)
		return (struct cvp_llm_fault){ CVP_LLM_TIMEOUT, true };
	return (struct cvp_llm_fault){ CVP_LLM_API_ERROR, !is_lasting(curl_code) };
}

static bool
read_seconds(const char *text, int64_t *seconds)
{
	size_t digits = strspn(text, "0123456789");

	*seconds = 0;
	for (size_t i = 0; i < digits && digits <= DIGITS_MAX; i++)
		*seconds = *seconds * 10 + (text[i] - '0');
	return digits > 0 && digits <= DIGITS_MAX && text[digits + strspn(text + digits, " \t")] == '\0';
}

int64_t
cvp_llm_retry_after(const char *text, int64_t now)
{
	int64_t seconds;
	time_t date;

	if (text == NULL)
		return -1;
	text += strspn(text, " \t");
	if (read_seconds(text, &seconds))
		return seconds * CVP_SECOND;
	if (!isalpha((unsigned char)*text)) /* a date begins with its weekday; curl would read a bare number as one */
		return -1;
	date = curl_getdate(text, NULL);
	if (date == -1)
		return -1;
	return date * CVP_SECOND > now ? date * CVP_SECOND - now : 0;
}

int64_t
cvp_llm_wait_before(int repeat, int64_t retry_after, uint32_t random)
{
	int64_t wait = CVP_SECOND << (repeat - 1), quarter = wait / 4;

	if (retry_after > LONGEST_WAIT)
		return -1;
	if (retry_after >= 0)
		return retry_after;
	return wait - quarter + (int64_t)(random % (uint64_t)(2 * quarter + 1));
}
