// Forms for accounts and keys, and generated passwords.

import type { Schema } from "@/api/schema";
import { i18n } from "@/texts";
import type { FormField } from "@/workflows/workflow";

export type User = Schema<"User">;
export type ApiKey = Schema<"ApiKey">;
export type MadeApiKey = Schema<"MadeApiKey">;

const roles: User["roles"] = [
  "reporter", "coordinator", "screener", "handler", "visitor", "supervisor", "administrator",
  "security_administrator", "auditor",
];

export const roleName = (role: string) => i18n.global.t(`administration.roles.${role}`);

const text = (name: string, maximum: number): FormField =>
  ({ name, kind: "text", required: true, maximum });
const held = (choices: User["roles"]): FormField[] => [
  { name: "organisation", kind: "unit", required: true },
  {
    name: "roles",
    kind: "texts",
    required: true,
    choices,
    choice_labels: Object.fromEntries(choices.map((role) => [role, roleName(role)])),
  },
];

const inWords = (form: FormField[]): FormField[] =>
  form.map((field) => ({ ...field, label: i18n.global.t(`administration.fields.${field.name}`) }));

export const changeForm = () => inWords([text("display_name", 60), ...held(roles)]);
export const createForm = (): FormField[] => [
  {
    ...text("name", 32),
    label: i18n.global.t("session.username"),
    hint: i18n.global.t("administration.users.name_hint"),
  },
  ...changeForm(),
];
const offices: User["roles"] = ["administrator", "security_administrator", "auditor"];
const rolesOfKeys = roles.filter((role) => !offices.includes(role));
const listed = (name: string): FormField => ({ name, kind: "texts", required: false });
export const keyForm = () =>
  inWords([
    text("name", 60),
    ...held(rolesOfKeys),
    { name: "expires_at", kind: "time", required: true },
    { name: "read_only", kind: "boolean", required: false },
    listed("workflows"),
    listed("commands"),
    listed("addresses"),
  ]);

const number = (name: string): FormField => ({ name, kind: "integer", required: false });
const several = (name: string, choices: string[], labels: string): FormField => ({
  ...listed(name),
  choices,
  choice_labels: Object.fromEntries(choices.map((one) => [one, i18n.global.t(`${labels}.${one}`)])),
});
/// Returns the form of the security policy, as PATCH /security takes it.
export const securityForm = () =>
  inWords([
    several("second_factor_roles", roles, "administration.roles"),
    number("administrator_idle_minutes"),
    number("idle_minutes"),
    listed("administrator_addresses"),
    listed("key_addresses"),
    number("password_characters"),
    number("password_kinds"),
    number("password_days"),
    { name: "first_password_changes", kind: "boolean", required: false },
    { name: "separation", kind: "boolean", required: false },
    several("second_person", ["roles", "keys", "policy", "security"], "administration.acts.kinds"),
  ]).map((field) => ({
    ...field,
    hint: i18n.global.te(`administration.security.hints.${field.name}`)
      ? i18n.global.t(`administration.security.hints.${field.name}`)
      : undefined,
  }));
export const passwordForm = () => inWords([text("old_password", 128), text("new_password", 128)]);

const letters = "abcdefghijkmnpqrstuvwxyz23456789"; // 32, none like another
const groups = 4;
const groupLength = 4;

/// Returns a password of 80 random bits that can be read out over the telephone.
export function newPassword(): string {
  const drawn = crypto.getRandomValues(new Uint8Array(groups * groupLength));
  const all = [...drawn].map((byte) => letters[byte % letters.length]).join("");
  return all.match(new RegExp(`.{${groupLength}}`, "g"))!.join("-");
}
