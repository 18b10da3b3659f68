import { Text } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useMutation, useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { lazy, Suspense } from "react";
import { LeaveGuard } from "../../../components/LeaveGuard";
import { Empty, Failure, Loading } from "../../../components/Notice";
import { Page } from "../../../components/Page";
import { Query } from "../../../components/Query";
import { connectorForm as text } from "../../../text/en/connectorForm";
import { connectorTypesQuery, createConnector, emptySpec } from "./api";
import { type Entry, entries } from "./catalogue";
import type { Spec } from "./specYaml";

const ConnectorEditor = lazy(() => import("./ConnectorEditor"));
const route = getRouteApi("/ui/new-connector/$kind/$type");

/** A new connector of a type, or a new rule. */
export function CreatePage() {
  const { kind, type: name } = route.useParams();
  const query = useQuery(connectorTypesQuery);
  const entry = entries(query.data ?? []).find((one) => one.kind === kind && one.name === name);
  return (
    <Page title={text.createTitle(entry?.title ?? name)}>
      <Query query={query}>
        {() => (entry ? <Create entry={entry} /> : <Empty title={text.noneFits} />)}
      </Query>
    </Page>
  );
}

function Create({ entry }: { entry: Entry }) {
  const navigate = route.useNavigate();
  const saving = useMutation({
    mutationFn: ({ name, spec }: { name: string; spec: Spec }) => createConnector(name, spec),
    onSuccess: (_, { name }) => {
      notifications.show({ message: text.saved(name) });
      void navigate({
        to: "/ui/connectors/$connector",
        params: { connector: name },
        ignoreBlocker: true,
      });
    },
  });
  return (
    <>
      <Text c="dimmed">{entry.description}</Text>
      {saving.error && <Failure error={saving.error} />}
      <Suspense fallback={<Loading />}>
        <ConnectorEditor
          start={{ name: "", spec: emptySpec(entry.kind, entry.name) }}
          type={entry.type}
          action={text.create}
          isSaving={saving.isPending}
          onSave={(name, spec) => saving.mutate({ name, spec })}
        >
          {({ isDirty }) => <LeaveGuard isDirty={isDirty} />}
        </ConnectorEditor>
      </Suspense>
    </>
  );
}
