import { Code, Stack, Table, Title } from "@mantine/core";
import type { DeadLetter } from "../../api/schema";
import { deadLetters as text } from "../../text/en/deadletters";
import styles from "../topics/RecordTable.module.css";

/** Where and how the record failed, for those who know the code. */
export function LetterDetails({ letter }: { letter: DeadLetter }) {
  const { error, place } = letter;
  const facts: [string, string | undefined][] = [
    [text.stage, error.stage],
    [text.exception, error.exception],
    ...Object.entries(place),
  ];
  return (
    <Stack>
      <Table aria-label={text.technical}>
        <Table.Tbody>
          {facts.map(
            ([name, value]) =>
              value !== undefined && (
                <Table.Tr key={name}>
                  <Table.Th scope="row" className="wrap-anywhere">
                    {name}
                  </Table.Th>
                  <Table.Td className="wrap-anywhere">{value}</Table.Td>
                </Table.Tr>
              ),
          )}
        </Table.Tbody>
      </Table>
      {error.trace !== undefined && (
        <section>
          <Title order={3} size="h5" mb="xs">
            {text.trace}
          </Title>
          <Code block className={styles["content"] ?? ""} tabIndex={0}>
            {error.trace}
          </Code>
        </section>
      )}
    </Stack>
  );
}
