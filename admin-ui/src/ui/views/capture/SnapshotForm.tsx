import { Alert, Button, Stack, TagsInput, Text } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { CircleCheck } from "lucide-react";
import { useState } from "react";
import { path, send } from "../../api/client";
import { Failure } from "../../components/Notice";
import { capture as text } from "../../text/en/capture";

/** More are found by typing. */
const SHOWN_TABLES = 20;

/** Asks for the present rows of tables, and says what that does. */
export function SnapshotForm({ connector, known }: { connector: string; known: string[] }) {
  const [tables, setTables] = useState<string[]>([]);
  const asking = useMutation({
    mutationFn: () =>
      send("POST", path`/api/v1/connectors/${connector}/capture/snapshots`, { tables }),
    onSuccess: () => setTables([]),
  });
  return (
    <Stack align="flex-start" gap="sm">
      <Text size="sm" maw={720}>
        {text.askWhat}
      </Text>
      <TagsInput
        label={text.tables}
        description={text.tablesHint}
        data={known}
        limit={SHOWN_TABLES}
        value={tables}
        onChange={setTables}
        acceptValueOnBlur
        w="100%"
        maw={720}
      />
      <Button
        disabled={tables.length === 0}
        loading={asking.isPending}
        onClick={() => asking.mutate()}
      >
        {text.askButton}
      </Button>
      {asking.error && <Failure error={asking.error} />}
      {asking.isSuccess && (
        <Alert color="green" icon={<CircleCheck size={18} />} role="status">
          {text.asked}
        </Alert>
      )}
    </Stack>
  );
}
