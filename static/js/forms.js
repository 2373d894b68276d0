// Forms: no double submits, a counter, a file's size told before it is sent, a choice kept after a failure.

export function enhanceForms(root) {
	for (const form of root.querySelectorAll('form[method="post"]'))
		sendOnce(form);
	for (const field of root.querySelectorAll("textarea[data-counter]"))
		countCharacters(field);
	for (const input of root.querySelectorAll('input[type="file"][data-limit]'))
		checkSize(input);
	for (const option of root.querySelectorAll("option[data-chosen-before]"))
		restoreChoice(option);
}

/* A second press while the first is under way does nothing; coming back by the browser's button frees the form. */
function sendOnce(form) {
	form.addEventListener("submit", (event) => {
		if (form.ariaBusy === "true")
			event.preventDefault();
		else
			form.ariaBusy = "true";
	});
	addEventListener("pageshow", () => {
		form.ariaBusy = "false";
	});
}

function countCharacters(field) {
	const counter = document.createElement("span");
	const language = document.documentElement.lang;
	const show = () => {
		counter.textContent = field.dataset.counter.replace("{n}", field.value.length.toLocaleString(language));
		counter.hidden = field.value === "";
	};

	counter.className = "field__counter";
	field.after(counter);
	field.addEventListener("input", show);
	show();
}

function checkSize(input) {
	input.addEventListener("change", () => {
		const isTooLarge = [...input.files].some((file) => file.size > Number(input.dataset.limit));

		input.setCustomValidity(isTooLarge ? input.dataset.tooLarge : "");
		input.reportValidity();
	});
}

/* Without script the earlier choice stands as an option of its own; with it the option of the same value is taken. */
function restoreChoice(option) {
	const select = option.closest("select");
	const same = [...select.options].find((other) => other !== option && other.value === option.value);

	if (!same)
		return;
	option.remove();
	same.selected = true;
}
