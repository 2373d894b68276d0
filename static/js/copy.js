// Buttons that copy the text of another element, shown only where the browser can do it.

export function enhanceCopying(root) {
	if (!navigator.clipboard)
		return;
	for (const button of root.querySelectorAll("button[data-copy]")) {
		const source = document.getElementById(button.dataset.copy);

		button.hidden = false;
		button.addEventListener("click", async () => {
			try {
				await navigator.clipboard.writeText(source.textContent.trim());
				button.textContent = button.dataset.copied;
			} catch {
				getSelection().selectAllChildren(source);
			}
		});
	}
}
