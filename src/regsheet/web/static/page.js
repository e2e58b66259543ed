// Everything on these pages works without this file. It adds: dropping files, progress, filters without a new page.
"use strict";

document.documentElement.classList.add("scripted");

function dropFiles(form) {
  const input = form.querySelector("input[type=file]");
  const list = form.querySelector("[data-chosen]");
  const status = form.querySelector("[data-drop-status]");
  let chosen = [];

  function show() {
    const transfer = new DataTransfer();
    for (const file of chosen) transfer.items.add(file);
    input.files = transfer.files;
    list.replaceChildren(...chosen.map((file, place) => {
      const line = document.createElement("li");
      const name = document.createElement("span");
      const remove = document.createElement("button");
      name.textContent = file.name;
      remove.type = "button";
      remove.className = "second";
      remove.textContent = "Remove";
      remove.setAttribute("aria-label", "Remove " + file.name);
      remove.addEventListener("click", () => {
        chosen.splice(place, 1);
        show();
        (list.querySelectorAll("button")[Math.min(place, chosen.length - 1)] || input).focus();
      });
      line.append(name, remove);
      return line;
    }));
    list.hidden = chosen.length === 0;
    status.textContent = chosen.length === 0 ? "No file chosen" :
      chosen.length === 1 ? "1 file chosen: " + chosen[0].name : chosen.length + " files chosen";
  }

  function add(files) {
    for (const file of files) {
      chosen = chosen.filter((other) => other.name !== file.name);
      chosen.push(file);
    }
    show();
  }

  input.addEventListener("change", () => add([...input.files]));
  let inside = 0;
  const holdsFiles = (event) => event.dataTransfer && [...event.dataTransfer.types].includes("Files");
  document.addEventListener("dragenter", (event) => {
    if (holdsFiles(event)) { inside += 1; document.body.classList.add("over"); }
  });
  document.addEventListener("dragleave", (event) => {
    if (holdsFiles(event)) { inside -= 1; if (inside <= 0) document.body.classList.remove("over"); }
  });
  document.addEventListener("dragover", (event) => { if (holdsFiles(event)) event.preventDefault(); });
  document.addEventListener("drop", (event) => {
    if (!holdsFiles(event)) return;
    event.preventDefault();
    inside = 0;
    document.body.classList.remove("over");
    add([...event.dataTransfer.files]);
    form.querySelector("button[type=submit]").focus();
  });
  if (input.files.length) add([...input.files]);
}

function followProgress(box) {
  const words = box.querySelector("[data-progress-words]");
  const stages = [...box.querySelectorAll("[data-stages] > li")];
  const link = document.querySelector("[data-progress-link]");
  const source = new EventSource(box.dataset.progress);
  source.addEventListener("progress", (event) => {
    const said = JSON.parse(event.data);
    if (said.over) {
      source.close();
      location.replace(link.href.split("?")[0]);
      return;
    }
    if (words.textContent !== said.words) words.textContent = said.words;
    stages.forEach((line, place) => {
      line.className = place < said.stage ? "past" : place === said.stage ? "now" : "";
      if (place === said.stage) line.setAttribute("aria-current", "step");
      else line.removeAttribute("aria-current");
    });
  });
}

function filterInPlace(form) {
  const found = document.querySelector("[data-found]");
  let latest = 0;

  async function show(address) {
    const turn = ++latest;
    found.setAttribute("aria-busy", "true");
    try {
      const answer = await fetch(address, { headers: { Accept: "text/html" } });
      if (!answer.ok) throw new Error(answer.status);
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      if (turn !== latest) return;
      // The line with the count stays in place and only changes its words, so that it is read out.
      const line = found.querySelector(".found");
      const fresh = page.querySelector("[data-found]");
      line.textContent = fresh.querySelector(".found").textContent;
      found.replaceChildren(line, ...[...fresh.children].filter((child) => !child.classList.contains("found")));
      history.replaceState(null, "", address);
    } catch {
      location.assign(address);
    } finally {
      if (turn === latest) found.removeAttribute("aria-busy");
    }
  }

  function address() {
    const query = new URLSearchParams();
    for (const [name, value] of new FormData(form)) if (value) query.append(name, value);
    return form.action + (query.size ? "?" + query : "");
  }

  form.addEventListener("change", () => show(address()));
  form.addEventListener("submit", (event) => { event.preventDefault(); show(address()); });
  form.querySelector(".act a").addEventListener("click", (event) => {
    event.preventDefault();
    for (const select of form.querySelectorAll("select")) select.value = "";
    show(form.action);
  });
}

for (const form of document.querySelectorAll("[data-drop]")) dropFiles(form);
for (const box of document.querySelectorAll("[data-progress]")) followProgress(box);
for (const form of document.querySelectorAll("[data-filter]")) filterInPlace(form);
for (const form of document.querySelectorAll("form[method=post]")) {
  form.addEventListener("submit", () => {
    const button = form.querySelector("button[type=submit]");
    if (button) setTimeout(() => { button.disabled = true; }, 0);
  });
}
window.addEventListener("pageshow", () => {
  for (const button of document.querySelectorAll("button[type=submit]:disabled")) button.disabled = false;
});
const refused = document.querySelector(".refusal[role=alert]");
if (refused) { refused.tabIndex = -1; refused.focus(); }
