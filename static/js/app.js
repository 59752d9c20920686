// Everything works without this file; it shortens. No data leaves for anywhere but this diary.
(() => {
  "use strict";

  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  if (zone && !document.cookie.includes(`zone=${encodeURIComponent(zone)}`)) {
    document.cookie = `zone=${encodeURIComponent(zone)};path=/;max-age=31536000;samesite=lax`;
  }

  const focusOn = (element) => {
    if (element) {
      element.focus({ preventScroll: false });
    }
  };
  const focusFirst = (within) => {
    focusOn(within.querySelector(".error-summary"));
  };
  focusFirst(document);

  // A second tap while the first is on its way would be the same entry; it is not sent.
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.getAttribute("aria-busy") === "true") {
      event.preventDefault();
      return;
    }
    if (!form.hasAttribute("data-hx-post") && form.method === "post") {
      form.setAttribute("aria-busy", "true");
      // A page that answered a form is kept nowhere: going back to it would end in the browser's
      // own error. From here on it is the page of that address, to be fetched again.
      if (document.querySelector(".error-summary")) {
        history.replaceState(null, "", location.href);
      }
    }
  });
  // Switches that show their effect at once; without scripts a button does it. The page comes back
  // anew, so where the focus was and how far it was scrolled is kept for it.
  let switched = null;
  document.addEventListener("change", (event) => {
    const form = event.target.closest("form[data-submit-on-change]");
    if (form) {
      switched = event.target;
      form.requestSubmit();
    }
  });
  const PLACE = "place-on-page";
  document.addEventListener("submit", (event) => {
    if (event.target.hasAttribute("data-submit-on-change")) {
      const { id } = event.submitter || switched || document.activeElement;
      sessionStorage.setItem(PLACE, JSON.stringify({ page: location.pathname, id, top: window.scrollY }));
    }
  });
  const place = document.querySelector("form[data-submit-on-change]") && sessionStorage.getItem(PLACE);
  if (place) {
    const { page, id, top } = JSON.parse(place);
    sessionStorage.removeItem(PLACE);
    if (page === location.pathname) {
      window.scrollTo(0, top);
      document.getElementById(id)?.focus({ preventScroll: true });
    }
  }
  // The page may come back from the browser's memory with its forms still marked as sending.
  window.addEventListener("pageshow", () => {
    document.querySelectorAll('form[aria-busy="true"]').forEach((form) => form.removeAttribute("aria-busy"));
  });

  document.addEventListener("htmx:beforeRequest", (event) => {
    event.detail.elt.setAttribute("aria-busy", "true");
  });
  document.addEventListener("htmx:afterRequest", (event) => {
    event.detail.elt.removeAttribute("aria-busy");
  });

  // Focus stays where the finger was, although the piece of page around it is new.
  let pressed = null;
  document.addEventListener("htmx:beforeSwap", (event) => {
    // Safari gives a tapped button no focus but what is around it; the form says which one it was.
    const active = document.activeElement;
    const tapped = event.detail.requestConfig?.triggeringEvent?.submitter;
    pressed = (active?.contains(tapped) ? tapped : active)?.id || null;
  });
  document.addEventListener("htmx:afterSettle", (event) => {
    focusFirst(event.detail.elt);
    if (pressed && document.activeElement?.contains(event.detail.elt)) {
      // What was pressed may be gone, as "Undo" is afterwards: then to what is said about it.
      const said = event.detail.elt.querySelector(".status.saved button, .status.saved a, [tabindex='-1']");
      focusOn(document.getElementById(pressed) || said);
    }
  });

  const notSaved = (event) => {
    const sent = event.detail.requestConfig?.formData;
    const lost = event.type === "htmx:sendError" || [502, 503, 504].includes(event.detail.xhr?.status);
    if (lost && window.keepTap && sent?.has("tap")) {
      window.keepTap(event.detail.elt, sent);
      return;
    }
    const status = document.getElementById("status");
    const template = document.getElementById("not-saved");
    if (!status || !template) {
      event.detail.elt.submit?.();
      return;
    }
    status.className = "status failed";
    status.replaceChildren(template.content.cloneNode(true));
    const again = status.querySelector("button");
    const form = event.detail.elt.closest("form");
    const button = event.detail.requestConfig?.triggeringEvent?.submitter;
    again?.addEventListener("click", () => form.requestSubmit(button && form.contains(button) ? button : undefined));
    focusOn(again);
  };
  document.addEventListener("htmx:sendError", notSaved);
  document.addEventListener("htmx:responseError", notSaved);

  document.querySelectorAll("[data-print]").forEach((button) => {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  });
})();
