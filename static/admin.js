// The therapist's pages work without this; it makes some of them quicker.

// A list that follows what is typed. The form is sent as it would be by its
// button, and of the page that comes back the list alone is shown.
for (const form of document.querySelectorAll("form[data-follow]")) {
  const list = document.getElementById(form.dataset.follow);
  const field = form.elements.q;
  let asked = field.value;
  let timer;
  field.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(follow, 150);
  });
  async function follow() {
    const text = field.value.trim();
    if (text === asked || text.length === 1) return;
    asked = text;
    try {
      const answer = await fetch(form.action, { method: "POST", body: new URLSearchParams(new FormData(form)) });
      // A slower answer to what was typed before must not take the place of this one.
      if (!answer.ok || text !== asked) return;
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const found = page.getElementById(list.id);
      if (found && text === asked) list.replaceChildren(...found.childNodes);
    } catch {
      // Without a connection the button says so.
    }
  }
}

// A button that says how many emails it sends, while boxes are ticked that take some out.
for (const button of document.querySelectorAll("button[data-more]")) {
  const form = button.form;
  function count() {
    const emailed = [...form.querySelectorAll("li[data-emailed]")];
    const emails = emailed.filter((one) => !one.querySelector("input:checked")).length;
    const words = [button.dataset.none, button.dataset.one][emails] ?? button.dataset.more;
    button.textContent = words.replace("#", emails);
  }
  form.addEventListener("change", count);
  // Back brings the ticks of before along, after the page has been read.
  addEventListener("pageshow", count);
  count();
}
