import { Alert, Button, Grid, Group, Select, Stack, Switch, Text } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useEffect, useMemo, useRef, useState } from "react";
import { overviewQuery } from "../../api/queries";
import type { ConfigCheck, ConfigFiles, ConfigPlan, ConfigProblem } from "../../api/schema";
import {
  CodeEditor,
  type EditorDiagnostic,
  type EditorHandle,
  isMixed,
} from "../../components/CodeEditor";
import { LeaveGuard } from "../../components/LeaveGuard";
import { configuration as text } from "../../text/en/configuration";
import { editor } from "../../text/en/editor";
import { ApplyDialog } from "./ApplyDialog";
import { CheckPanel } from "./CheckPanel";
import { completeBy, describeBy } from "./completion";
import { CopyOut } from "./CopyOut";
import { FileNotices } from "./FileNotices";
import { configCheckQuery, configSchemaQuery, type Edits } from "./queries";
import { useEdits } from "./useEdits";

const route = getRouteApi("/ui/configuration");

/** Typing is over after so long. */
const SETTLE_MILLIS = 400;

const NO_PROBLEMS: ConfigProblem[] = [];

/** What is about to be applied, and what it would do. */
interface Asked {
  plan: ConfigPlan;
  version: string;
  edits: Edits;
}

/** One file after another in the editor, what is wrong with them, and what they would do. */
export function FileEditor({ files }: { files: ConfigFiles }) {
  const editing = useEdits(files);
  const { edits, base, edit } = editing;
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const [handedOver] = useState(editing.handedOver);
  const chosen = search.file ?? handedOver;
  const choose = (name: string) => void navigate({ search: { file: name } });
  const [isComparing, compare] = useState(editing.handedOver !== undefined);
  const [isAsking, setAsking] = useState(false);
  // As it was when the question was put: what is shown goes with the files.
  const [asked, setAsked] = useState<Asked>();
  const [isPreparing, setPreparing] = useState(false);
  const [settled] = useDebouncedValue(edits, SETTLE_MILLIS);
  const check = useQuery(configCheckQuery(files.version, settled));
  const latest = useRef(edits);
  latest.current = edits;
  const schema = useQuery(configSchemaQuery).data;
  const topics = useQuery({
    ...overviewQuery,
    select: (overview) =>
      overview.topics.filter(({ internal }) => !internal).map(({ name }) => name),
  }).data;
  const completion = useMemo(
    () => schema && completeBy(schema, { topics: topics ?? [] }),
    [schema, topics],
  );
  const hover = useMemo(() => schema && describeBy(schema), [schema]);
  const handle = useRef<EditorHandle>(null);
  const [target, goTo] = useState<ConfigProblem>();

  const file = files.files.find(({ name }) => name === chosen) ?? files.files[0];
  const isDirty = Object.keys(edits).length > 0;
  const isChecked = settled === edits && check.data !== undefined;
  // Until typing is over it is of what was there before; that of no edits tells nothing of edits.
  const result = isDirty === Object.keys(settled).length > 0 ? check.data : undefined;
  const problems = result?.problems ?? NO_PROBLEMS;
  const isInForce = isDirty || !isChecked || check.data?.plan?.empty === true;
  const diagnostics = useMemo(
    () => problems.filter((problem) => problem.file === file?.name).map(asDiagnostic),
    [problems, file?.name],
  );
  useEffect(() => {
    if (target !== undefined && target.file === file?.name) {
      handle.current?.goTo(Math.max(target.line, 1), Math.max(target.column, 1));
      goTo(undefined);
    }
  }, [target, file?.name]);

  if (file === undefined) {
    return null;
  }
  const shown = edits[file.name] ?? file.text ?? "";
  /** Topics and connectors may have changed since the check, which nothing tells: it is made anew. */
  const ask = async () => {
    if (isPreparing) {
      return;
    }
    setPreparing(true);
    const { data, isError } = await check.refetch();
    setPreparing(false);
    if (!isError && canBeApplied(data) && latest.current === edits) {
      setAsked({ plan: data.plan, version: base, edits });
      setAsking(true);
    }
  };
  const readOnly = files.files.find((one) => one.readOnly !== undefined && one.name in edits);
  const canApply =
    isDirty &&
    isChecked &&
    canBeApplied(check.data) &&
    readOnly === undefined &&
    !editing.isStale;
  return (
    <Stack>
      <LeaveGuard isDirty={isDirty} onLeave={editing.drop} />
      <FileNotices files={files} file={file} editing={editing} isInForce={isInForce} />
      <Group align="flex-end">
        {files.files.length > 1 && (
          <Select
            label={text.file}
            data={files.files.map(({ name }) => name)}
            value={file.name}
            allowDeselect={false}
            onChange={(name) => name !== null && choose(name)}
          />
        )}
        <Button disabled={!canApply} onClick={() => void ask()}>
          {text.apply}
        </Button>
        <Button variant="default" disabled={!isDirty} onClick={editing.drop}>
          {text.discard}
        </Button>
        {file.text !== undefined && <CopyOut name={file.name} content={shown} />}
        <Switch
          label={text.compare}
          checked={isComparing}
          onChange={(event) => compare(event.currentTarget.checked)}
          mb={8}
        />
      </Group>
      <Text size="sm" c="dimmed" className="wrap-anywhere">
        {text.where(file.path)}
      </Text>
      {isMixed(file.text ?? "") && <Alert color="orange">{editor.mixedLineEnds}</Alert>}
      <Grid gap="md">
        <Grid.Col span={{ base: 12, lg: 8 }}>
          {file.text !== undefined && (
            <CodeEditor
              key={file.name}
              ref={handle}
              ariaLabel={text.editor(file.name)}
              language="yaml"
              height="min(65vh, 48rem)"
              value={shown}
              onChange={(value) => edit(file.name, value)}
              diagnostics={diagnostics}
              {...(completion && { completion })}
              {...(hover && { hover })}
              {...(isComparing && { original: file.text })}
            />
          )}
        </Grid.Col>
        <Grid.Col span={{ base: 12, lg: 4 }}>
          <CheckPanel
            isDirty={isDirty}
            isChecking={!isChecked || isPreparing}
            result={result}
            query={check}
            hasManyFiles={files.files.length > 1}
            onGoTo={(problem) => {
              choose(problem.file);
              goTo(problem);
            }}
          />
        </Grid.Col>
      </Grid>
      {asked !== undefined && (
        <ApplyDialog
          opened={isAsking}
          onClose={() => setAsking(false)}
          {...asked}
          onApplied={editing.drop}
        />
      )}
    </Stack>
  );
}

function canBeApplied(check: ConfigCheck | undefined): check is ConfigCheck & { plan: ConfigPlan } {
  return check?.plan !== undefined && check.plan.conflicts.length === 0;
}

function asDiagnostic({ line, column, message, suggestion }: ConfigProblem): EditorDiagnostic {
  return {
    line: Math.max(line, 1),
    column: Math.max(column, 1),
    message: suggestion === "" ? message : `${message}\n${suggestion}`,
    severity: "error",
  };
}
