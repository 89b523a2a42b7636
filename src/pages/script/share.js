// A button that opens the operating system's share dialog. Without a dialog, it stays hidden, and the links work.
for (const button of document.querySelectorAll('[data-share]')) {
  const { title, text, url } = button.dataset
  if (!navigator.canShare?.({ title, text, url })) continue
  button.hidden = false
  button.addEventListener('click', async () => {
    try {
      await navigator.share({ title, text, url })
    } catch (error) {
      // A cancelled dialog is not an error.
      if (error.name !== 'AbortError') throw error
    }
  })
}
