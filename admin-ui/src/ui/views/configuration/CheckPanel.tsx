import { Anchor, List, Loader, Paper, Stack, Text, Title } from "@mantine/core";
import type { UseQueryResult } from "@tanstack/react-query";
import type { ConfigCheck, ConfigProblem } from "../../api/schema";
import { QueryFailure } from "../../components/Query";
import { configuration as text } from "../../text/en/configuration";
import { PlanView } from "./PlanView";

/** All that is wrong with the files, each with a way to its place; else what they would do. */
export function CheckPanel(props: {
  isDirty: boolean;
  isChecking: boolean;
  query: UseQueryResult<ConfigCheck>;
  hasManyFiles: boolean;
  onGoTo: (problem: ConfigProblem) => void;
}) {
  const { isDirty, isChecking, query, hasManyFiles, onGoTo } = props;
  return (
    <Paper withBorder p="md" component="section" aria-labelledby="check">
      <Stack gap="sm">
        <Title order={2} size="h4" id="check">
          {text.result}
        </Title>
        <div role="status">
          {!isDirty ? (
            <Text c="dimmed">{text.unchanged}</Text>
          ) : isChecking && query.error === null ? (
            <Loader role="progressbar" type="dots" size="sm" aria-label={text.checking} />
          ) : (
            query.data !== undefined &&
            query.data.problems.length > 0 && (
              <Text fw={600}>{text.mistakes(query.data.problems.length)}</Text>
            )
          )}
        </div>
        {isDirty && <QueryFailure query={query} />}
        {isDirty && query.data !== undefined && query.data.problems.length > 0 && (
          <List spacing="sm" listStyleType="none" withPadding={false}>
            {query.data.problems.map((problem) => (
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
        {isDirty && query.data?.plan !== undefined && <PlanView plan={query.data.plan} />}
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
