// Twitches tapped without a connection wait on this device and are sent when there is one.
// The device keeps the unsent taps and the places shown last, and nothing else of the diary.
(() => {
  "use strict";
  if (!("indexedDB" in window)) {
    return;
  }

  const asked = (request) =>
    new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
  const opened = () => {
    const request = indexedDB.open("diary", 1);
    request.onupgradeneeded = () => {
      request.result.createObjectStore("taps", { keyPath: "uid" });
      request.result.createObjectStore("kept");
    };
    return asked(request);
  };
  const inStore = async (name, mode, work) => {
    const database = await opened();
    try {
      return await asked(work(database.transaction(name, mode).objectStore(name)));
    } finally {
      database.close();
    }
  };
  const taps = () => inStore("taps", "readonly", (store) => store.getAll());
  const keep = (tap) => inStore("taps", "readwrite", (store) => store.put(tap));
  const drop = (uid) => inStore("taps", "readwrite", (store) => store.delete(uid));
  const remember = (key, value) => inStore("kept", "readwrite", (store) => store.put(value, key));
  const recall = (key) => inStore("kept", "readonly", (store) => store.get(key));

  const newId = () => {
    if (crypto.randomUUID) {
      return crypto.randomUUID();
    }
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    bytes[6] = (bytes[6] & 0x0f) | 0x40;
    bytes[8] = (bytes[8] & 0x3f) | 0x80;
    const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
  };
  // The clock of the tap, not of the sending: local time with its offset.
  const writtenNow = (moment) => {
    const ahead = -moment.getTimezoneOffset();
    const local = new Date(moment.getTime() + ahead * 60000).toISOString().slice(0, 19);
    const two = (number) => String(Math.floor(Math.abs(number))).padStart(2, "0");
    return `${local}${ahead < 0 ? "-" : "+"}${two(ahead / 60)}:${two(ahead % 60)}`;
  };

  const person = document.body.dataset.person;
  // Whose diary is open: as the page says, then as the server does.
  let whose = person;

  const waiting = document.getElementById("waiting");
  const say = async (asks) => {
    if (!waiting) {
      return;
    }
    const all = await taps();
    waiting.hidden = all.length === 0;
    const refused = all.find((tap) => tap.refused);
    const others = all.filter((tap) => whose && tap.person !== whose);
    const own = all.length - others.length;
    let [said, n, removable] = [waiting.dataset.waiting, own, []];
    if (refused) {
      [said, removable] = [`${waiting.dataset.refused} ${refused.refused}`, [refused]];
    } else if (own === 0) {
      [said, n, removable] = [waiting.dataset.others, others.length, others];
    } else if (asks) {
      said = waiting.dataset.signIn;
    }
    waiting.querySelector("[data-words]").textContent = said.replace("{n}", n);
    const away = waiting.querySelector("[data-drop]");
    away.hidden = removable.length === 0;
    away.textContent = removable.length > 1 ? waiting.dataset.removeAll : waiting.dataset.remove;
    away.onclick = () => Promise.all(removable.map((tap) => drop(tap.uid))).then(() => say());
  };

  const send = async (tap, token) => {
    const answer = await fetch(`/entries/${tap.uid}/`, {
      method: "PUT",
      credentials: "same-origin",
      redirect: "error",
      headers: { "Content-Type": "application/json", "X-CSRFToken": token },
      body: JSON.stringify({ place: tap.place, started_at: tap.started_at, time_zone: tap.time_zone }),
    });
    if ([200, 201, 410].includes(answer.status)) {
      await drop(tap.uid);
      return true;
    }
    if ([409, 422].includes(answer.status)) {
      const said = await answer.json().catch(() => ({}));
      await keep({ ...tap, refused: said.sentence || "" });
    }
    return false;
  };

  // A server that restarts sends no event, so waiting taps are tried again, ever more slowly.
  let pause = 2000;
  let timer = 0;
  const later = () => {
    clearTimeout(timer);
    timer = setTimeout(flushAlone, pause);
    pause = Math.min(2 * pause, 120000);
  };

  const flush = async () => {
    const unsent = (await taps()).filter((tap) => !tap.refused);
    unsent.sort((one, other) => one.tapped - other.tapped);
    if (unsent.length === 0) {
      return say();
    }
    let asks = false;
    let stored = 0;
    let own = unsent;
    try {
      const answer = await fetch("/csrf", { credentials: "same-origin", headers: { Accept: "application/json" } });
      asks = answer.status === 401;
      if (answer.ok) {
        const said = await answer.json();
        whose = said.person;
        own = unsent.filter((tap) => tap.person === whose);
        for (const tap of own) {
          stored += (await send(tap, said.token)) ? 1 : 0;
        }
      }
    } catch {
      // Still no connection; the taps stay where they are.
    }
    await say(asks);
    if (stored < own.length) {
      later();
    }
    if (stored > 0) {
      document.dispatchEvent(new CustomEvent("outbox:sent"));
    }
    return undefined;
  };
  const flushAlone = () => (navigator.locks ? navigator.locks.request("outbox", flush) : flush());

  const showOffline = async () => {
    const list = document.getElementById("kept-places");
    if (!list) {
      return;
    }
    const shape = document.getElementById("kept-place");
    for (const place of (await recall("places")) || []) {
      const button = shape.content.cloneNode(true).querySelector("button");
      button.querySelector(".side").textContent = place.side;
      button.querySelector(".part").textContent = place.part;
      button.addEventListener("click", () => tapped(place.code, `${place.side} ${place.part}`));
      list.append(button);
    }
    document.getElementById("no-places").hidden = list.children.length > 0;
  };
  const tapped = async (place, words, uid) => {
    const moment = new Date();
    await keep({
      uid: uid || newId(),
      place,
      tapped: moment.getTime(),
      started_at: writtenNow(moment),
      time_zone: Intl.DateTimeFormat().resolvedOptions().timeZone || "",
      person: person || (await recall("person")),
    });
    const status = document.getElementById("status");
    if (status) {
      status.className = "status waiting";
      const line = document.createElement("p");
      line.className = "status-words";
      const strong = document.createElement("strong");
      const at = `${String(moment.getHours()).padStart(2, "0")}:${String(moment.getMinutes()).padStart(2, "0")}`;
      strong.textContent = `${words.trim()}, ${at}. `;
      line.append(strong, document.body.dataset.kept || "");
      status.replaceChildren(line);
    }
    await say();
    flushAlone();
  };

  // What a tap on the log page could not send is kept under the id of its button.
  window.keepTap = async (form, sent) => {
    const value = sent.get("tap") || `${sent.get("uid")}/${sent.get("place")}`;
    const [uid, place] = [value.slice(0, 36), value.slice(37)];
    const button = form.querySelector(`button[value="${CSS.escape(value)}"]`);
    const [side, part] = ["side", "part"].map((name) => button?.querySelector(`.${name}`)?.textContent || "");
    await tapped(place, `${side} ${part}`, uid);
    if (button) {
      button.value = `${newId()}/${place}`;
    }
  };

  const shown = [...document.querySelectorAll("#log .places button[name=tap]")].map((button) => ({
    code: button.value.slice(37),
    side: button.querySelector(".side")?.textContent || "",
    part: button.querySelector(".part").textContent,
  }));
  const CLOSING = "closing-diary";
  const forget = async (gone) => {
    for (const tap of await taps()) {
      if (tap.person === gone) {
        await drop(tap.uid);
      }
    }
    if ((await recall("person")) === gone) {
      await inStore("kept", "readwrite", (store) => store.clear());
    }
  };
  const start = async () => {
    const closing = sessionStorage.getItem(CLOSING);
    if (closing && !document.getElementById("kept-places")) {
      if (closing !== person) {
        await forget(closing);
      }
      sessionStorage.removeItem(CLOSING);
    }
    whose = person || (await recall("person"));
    if (person) {
      const before = await recall("person");
      if (before && before !== person) {
        await remember("places", []);
      }
      await remember("person", person);
    }
    if (shown.length > 0) {
      await remember("places", shown);
    }
    await showOffline();
    await say();
    await flushAlone();
  };
  start();
  window.addEventListener("online", () => {
    pause = 2000;
    flushAlone();
  });
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && flushAlone());
  // The log then tells what is stored now; without a log on the page there is nothing to tell.
  document.addEventListener("outbox:sent", () => {
    if (document.getElementById("kept-places")) {
      location.assign("/");
    } else if (document.querySelector("#status.waiting")) {
      window.htmx.ajax("GET", "/", { target: "#log", select: "#log", swap: "outerHTML" });
    }
  });

  // Signing out, leaving the example and erasing make this device forget the diary, once the next
  // page shows that it is closed. Unsent taps are asked about first.
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || !form.matches("[data-forgets]") || form.dataset.sure) {
      return;
    }
    event.preventDefault();
    taps().catch(() => []).then((all) => {
      form.removeAttribute("aria-busy"); // it is not on its way yet
      const lost = all.filter((tap) => tap.person === person).length;
      if (lost > 0 && !window.confirm(form.dataset.forgets.replace("{n}", lost))) {
        return;
      }
      sessionStorage.setItem(CLOSING, person);
      form.dataset.sure = "yes";
      form.requestSubmit();
      delete form.dataset.sure;
    });
  });

  if ("serviceWorker" in navigator) {
    navigator.serviceWorker.register("/sw.js").catch(() => {});
  }
})();
