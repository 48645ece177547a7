/** The question to a person who has named no client. An absent answer: the person cancelled. */
import { isCancel, select } from "@clack/prompts";
import { clientIds, clientRow, type ClientId } from "./clients.js";

export async function askClient(): Promise<ClientId | undefined> {
  const options = clientIds.map((value) => ({ value, label: clientRow(value).title }));
  const answer = await select<ClientId>({ message: "Which client is to use the server?", options });
  return isCancel(answer) ? undefined : answer;
}
