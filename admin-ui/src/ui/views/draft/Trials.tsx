import { SimpleGrid, Text } from "@mantine/core";
import { Section } from "../../components/Section";
import { draft as text } from "../../text/en/draft";
import { ConnectionTest } from "./ConnectionTest";
import { Preview } from "./Preview";

/** A connector need not have a name to be tried. */
const UNNAMED = "new";

/** What can be tried of a declaration before it is saved. */
export function Trials(props: {
  name: string;
  spec: object;
  hasPreview: boolean;
  /** Which records a preview shows, or why there is none; nothing of sinks. */
  previewNote: string | undefined;
}) {
  const { spec, hasPreview, previewNote } = props;
  const name = props.name === "" ? UNNAMED : props.name;
  return (
    <Section isFramed id="trials" title={text.title}>
      <SimpleGrid cols={{ base: 1, md: hasPreview || previewNote ? 2 : 1 }} spacing="xl">
        <ConnectionTest name={name} spec={spec} />
        {hasPreview ? (
          <Preview name={name} spec={spec} note={previewNote} />
        ) : (
          previewNote && (
            <Text size="sm">
              {text.noPreview} {previewNote}
            </Text>
          )
        )}
      </SimpleGrid>
    </Section>
  );
}
