// What is still to be paid of an invoice; below zero it is owed back.
import { minus, moneyFrom, type Money, type MoneyText } from "@partcommune/shared/platform/money";

type Standing = { readonly gross: MoneyText; readonly credited: MoneyText; readonly paid: MoneyText };

export const openOf = ({ gross, credited, paid }: Standing): Money => minus(minus(moneyFrom(gross), moneyFrom(credited)), moneyFrom(paid));
