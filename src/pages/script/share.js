// A button that hands the badge to the sharing of the reader's own system. Where that has none, there is no button, and the links stand.
for (const button of document.querySelectorAll('[data-share]')) {
  const { title, text, url } = button.dataset
  if (!navigator.canShare?.({ title, text, url })) continue
  button.hidden = false
  button.addEventListener('click', async () => {
    try {
      await navigator.share({ title, text, url })
    } catch (error) {
      // Whoever changes their mind has not met an error.
      if (error.name !== 'AbortError') throw error
    }
  })
}
