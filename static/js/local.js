// Times and numbers as the reader writes them, times in the reader's zone. The exact time stays in `datetime` and in
// the tooltip.

export function localiseTimes(root) {
	const language = document.documentElement.lang;
	const moment = new Intl.DateTimeFormat(language, { dateStyle: "medium", timeStyle: "short" });
	const day = new Intl.DateTimeFormat(language, { dateStyle: "long" });
	const plainDay = new Intl.DateTimeFormat(language, { dateStyle: "long", timeZone: "UTC" });

	for (const element of root.querySelectorAll("time[datetime]")) {
		const exact = element.dateTime;
		const at = new Date(exact);

		if (Number.isNaN(at.getTime()))
			continue;
		element.title = exact;
		if (/^\d{4}-\d\d-\d\d$/.test(exact))
			element.textContent = plainDay.format(at);
		else
			element.textContent = (element.hasAttribute("data-day") || isDay(element) ? day : moment).format(at);
	}
}

/* A template that shows only the day of a moment wants no hour. */
function isDay(element) {
	return /^\s*\d{4}-\d\d-\d\d\s*$/.test(element.textContent);
}

export function localiseNumbers(root) {
	const format = new Intl.NumberFormat(document.documentElement.lang);

	for (const element of root.querySelectorAll("[data-number]")) {
		const number = Number(element.textContent);

		if (element.textContent.trim() !== "" && Number.isFinite(number))
			element.textContent = format.format(number);
	}
}
