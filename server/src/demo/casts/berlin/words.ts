// What people say and write at Werkhof Neun: German about their work, English where the pages around it are.
import { addressOf } from "../../cast.ts";
import type { Words } from "../../words.ts";

const place = "Hofstraße 9, Berlin";

export const words: Words = {
  work: {
    tooDear: "Mehr als 3 000 Euro haben wir dafür nicht.",
    calledOff: "Die Ausstellung ist auf nächstes Jahr verschoben.",
    handedIn: "Alles ist da: die Dateien und eine Seite, die sie erklärt.",
    changes: ["Den Titel größer.", "Datum und Uhrzeit nach unten."],
    dispute: "Verlangt wird ein Format, das im Angebot nicht steht.",
  },
  before: {
    question: "Kann ich den Ort vorher sehen?",
    answer: "Ja, jeden Dienstag ab zehn Uhr.",
    aside: "Darf ich in zwei Teilen liefern?",
  },
  talk: [
    "Guten Tag, ich habe alles. Bleibt das alte Logo?",
    "Nein, das **neue**: es liegt im Ordner, in zwei Farben.",
    "Gut, die erste Fassung kommt am Freitag.",
  ],
  more: { title: "Eine Fassung auf Türkisch", reason: "Die Hälfte unserer Gäste liest sie lieber." },
  declared: {
    budget: "Romane",
    work: {
      client: {
        name: "Verlag Am Landwehr",
        country: "DE",
        street: "Landwehrufer 3",
        postcode: "10999",
        town: "Berlin",
        contact: { name: "Wiebke Landwehr", email: addressOf("Wiebke Landwehr"), language: "en" },
      },
      title: "Übersetzung eines Jugendromans",
      text: "Zweihundert Seiten aus dem Türkischen, in zwei Teilen.",
      price: { amount: "5600.00", currency: "EUR" },
      milestones: [
        { title: "Erste Hälfte", amount: { amount: "2800.00", currency: "EUR" }, parallel: false },
        { title: "Zweite Hälfte und Korrekturen", amount: { amount: "2800.00", currency: "EUR" }, parallel: false },
      ],
    },
  },
  costs: { server: "Spree Hosting", accountant: "Kanzlei Adler", premises: "Hofgemeinschaft Neukölln" },
  votes: {
    moreBids: { title: "Thirty open bids instead of twenty", text: "Whoever answers to small jobs had to take bids back in spring." },
    lowerFee: {
      title: "A fee of 7.9 % instead of 9 %",
      text: "The workshop is paid off. **What it cost us can stay with those who earned it.**\n\nThe page says what that changes for each of us.",
    },
    fasterClients: { title: "Clients pay within 21 days", text: "A month is long for a fund that has paid already." },
    together: { title: "A day at the lake, all of us", text: "To see each other somewhere else than on a screen." },
    tool: {
      title: "A bandsaw for the yard",
      text: "Second-hand, with its transport and a day of instruction for whoever will use it.",
      purpose: "a second-hand bandsaw, its transport and instruction",
    },
    question: "What about clients who have signed for thirty days?",
    answer: "Nothing changes for them: the rule holds for what is signed after the vote.",
    forIt: "Each day we wait is a day on which the guarantee is at stake.",
    against: "Small associations pay when their own grant has come.",
  },
  gatherings: {
    place,
    evening: { title: "Evening for new members", text: "We introduce ourselves, eat, and tell of our first job." },
    meal: {
      title: "Translators’ lunch",
      text: "Bring what you are reading. This time: **contracts we should not have signed**.",
      access: "One step at the door, a ramp is there.",
      capacity: 4,
    },
    workshop: {
      title: "Workshop: naming a price",
      text: "Two hours with Henrike, over your own quotes.",
      link: "https://meet.example/price",
      capacity: 30,
    },
  },
  assemblies: {
    called: { text: "All members are called, in the yard or by link.", place, link: "https://meet.example/assembly" },
    question: {
      title: "Our accounts, told each quarter",
      text: "The figures are public. Let a treasurer tell them on one page, four times a year.",
    },
    held: {
      title: "Autumn assembly",
      report: "How the fund stands",
      note: "The reserve is full; the guarantee paid seven times this year.",
    },
    coming: {
      title: "Winter assembly",
      report: "The year in figures",
      talk: { title: "Working with Brussels and Lille", text: "What we would share under a treaty, and what would stay ours." },
    },
  },
  panel: {
    proposal: { title: "Quiet Sundays", text: "Nobody writes to anybody on a Sunday." },
    unclear: "Whom does it bind: members, clients, or the software?",
    appeal: "Everybody. That is what “nobody” says.",
  },
};
