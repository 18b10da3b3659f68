import { Anchor, List, Loader, Paper, Stack, Text, Title } from "@mantine/core";
import type { UseQueryResult } from "@tanstack/react-query";
import type { ConfigCheck, ConfigProblem } from "../../api/schema";
import { QueryFailure } from "../../components/Query";
import { configuration as text } from "../../text/en/configuration";
import { PlanView } from "./PlanView";

/**
 * All that is wrong with the files, each with a way to its place; else what they would do. Of files
 * that nobody has changed here, and that are in force, there is nothing to tell.
 */
export function CheckPanel(props: {
  isDirty: boolean;
  isChecking: boolean;
  /** What is known by now. */
  result: ConfigCheck | undefined;
  query: UseQueryResult<ConfigCheck>;
  hasManyFiles: boolean;
  onGoTo: (problem: ConfigProblem) => void;
}) {
  const { isDirty, isChecking, result, query, hasManyFiles, onGoTo } = props;
  const problems = result?.problems ?? [];
  const plan = result?.plan;
  const isQuiet = !isDirty && plan?.empty === true;
  return (
    <Paper withBorder p="md" component="section" aria-labelledby="check">
      <Stack gap="sm">
        <Title order={2} size="h4" id="check">
          {text.result}
        </Title>
        <div role="status">
          {isQuiet ? (
            <Text c="dimmed">{text.unchanged}</Text>
          ) : isChecking && query.error === null ? (
            <Loader role="progressbar" type="dots" size="sm" aria-label={text.checking} />
          ) : (
            problems.length > 0 && <Text fw={600}>{text.mistakes(problems.length)}</Text>
          )}
        </div>
        <QueryFailure query={query} />
        {problems.length > 0 && (
          <List spacing="sm" listStyleType="none" withPadding={false}>
            {problems.map((problem) => (
              <List.Item key={JSON.stringify(problem)}>
                <Problem
                  problem={problem}
                  withFile={hasManyFiles}
                  onGoTo={() => onGoTo(problem)}
                />
              </List.Item>
            ))}
          </List>
        )}
        {!isQuiet && plan !== undefined && <PlanView plan={plan} />}
      </Stack>
    </Paper>
  );
}

function Problem(props: { problem: ConfigProblem; withFile: boolean; onGoTo: () => void }) {
  const { problem, withFile, onGoTo } = props;
  const place =
    problem.line === 0 ? text.wholeFile : text.problem(problem.line, problem.column);
  return (
    <>
      <Anchor component="button" type="button" ta="left" onClick={onGoTo}>
        {withFile && `${problem.file}: `}
        {place}
      </Anchor>
      <Text size="sm" className="wrap-anywhere">
        {problem.path !== "" && <b>{problem.path}: </b>}
        {problem.message}
      </Text>
      {problem.suggestion !== "" && (
        <Text size="sm" c="dimmed" className="wrap-anywhere">
          {problem.suggestion}
        </Text>
      )}
    </>
  );
}
