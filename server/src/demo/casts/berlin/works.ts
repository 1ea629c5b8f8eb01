// What is done at Werkhof Neun.
import type { Cast, Work } from "../../cast.ts";

export const works: readonly Work[] = [
  {
    title: "Plakatserie für ein Museum am Wasser",
    text: "Drei Motive in zwei Formaten, druckfertig. Texte und Fotos liegen vor.",
    language: "de",
    trade: "Grafik",
    price: "2300.00",
  },
  {
    title: "Übersetzung eines Ausstellungskatalogs",
    text: "Fünfzig Seiten aus dem Französischen ins Deutsche, mit Korrekturgang.",
    language: "de",
    trade: "Übersetzung",
    price: "3000.00",
  },
  {
    title: "Website für eine Fahrradwerkstatt",
    text: "Termine, Preise, ein kleiner Laden mit dreißig Artikeln. Barrierefrei, ohne Werbenetze.",
    language: "de",
    trade: "Webentwicklung",
    price: "4800.00",
  },
  {
    title: "Fotos einer Theaterprobe",
    text: "Zwei Abende im Hinterhaus, fünfundzwanzig Bilder für Programm und Presse.",
    language: "de",
    trade: "Fotografie",
    price: "1350.00",
  },
  {
    title: "Bühne aus Holz für ein Stadtteilfest",
    text: "Sechs mal vier Meter, zerlegbar, mit Rampe. Aufbau und Abbau gehören dazu.",
    language: "de",
    trade: "Tischlerei",
    town: "Potsdam",
    price: "4200.00",
  },
  {
    title: "Leichte Sprache für ein Pflegehaus",
    text: "Zwölf Seiten Hausordnung und Speiseplan, geprüft mit Bewohnerinnen und Bewohnern.",
    language: "de",
    trade: "Redaktion",
    price: "1280.00",
  },
  {
    title: "Ton und Licht für drei Sommerabende",
    text: "Plan, Aufbau, Betreuung, Abbau im Hof. Strom ist da, Nachbarn auch.",
    language: "de",
    trade: "Veranstaltungstechnik",
    price: "2800.00",
    bounds: ["2000.00", "3000.00"],
  },
  {
    title: "Illustrations for a book on city trees",
    text: "Fourteen plates and a cover, ink or linocut. The author writes German and English.",
    language: "en",
    trade: "illustration",
    town: "Leipzig",
    price: "4160.00",
    hour: "64.00",
  },
];

export const pitches: Cast["pitches"] = {
  de: "Solche Arbeit mache ich seit Jahren, die Termine passen. Zwei Beispiele schicke ich gern.",
  en: "I have done this kind of work for years and the dates suit me. Two examples on request.",
};
