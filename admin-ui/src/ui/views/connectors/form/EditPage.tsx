import { notifications } from "@mantine/notifications";
import { useMutation, useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { lazy, Suspense } from "react";
import { connectorQuery, queries } from "../../../api/queries";
import type { Connector, ConnectorType } from "../../../api/schema";
import { LeaveGuard } from "../../../components/LeaveGuard";
import { Failure, Loading } from "../../../components/Notice";
import { Page } from "../../../components/Page";
import { Query } from "../../../components/Query";
import { connectorForm as text } from "../../../text/en/connectorForm";
import { isDeclared } from "../origin";
import { connectorTypesQuery, saveConnector } from "./api";
import { OfferChange } from "./OfferChange";
import type { Spec } from "./specYaml";
import type { Draft } from "./useDraft";

const ConnectorEditor = lazy(() => import("./ConnectorEditor"));
const route = getRouteApi("/ui/connectors/$connector/edit");

/** A connector's declaration, to be changed. */
export function EditPage() {
  const { connector: name } = route.useParams();
  const connector = useQuery(connectorQuery(name));
  const types = useQuery(connectorTypesQuery);
  return (
    <Page title={text.editTitle(name)}>
      <Query query={types}>
        {(all) => (
          <Query query={connector}>{(one) => <Edit connector={one} types={all} />}</Query>
        )}
      </Query>
    </Page>
  );
}

function Edit({ connector, types }: { connector: Connector; types: ConnectorType[] }) {
  const navigate = route.useNavigate();
  const { name, kind, type: typeName, config: declared } = connector;
  const saving = useMutation({
    mutationFn: ({ spec }: { spec: Spec }) => saveConnector(name, spec),
    onSuccess: async () => {
      notifications.show({ message: text.saved(name) });
      await queries.invalidateQueries(connectorQuery(name));
      await navigate({
        to: "/ui/connectors/$connector",
        params: { connector: name },
        ignoreBlocker: true,
      });
    },
  });
  return (
    <>
      {saving.error && <Failure error={saving.error} />}
      <Suspense fallback={<Loading />}>
        <ConnectorEditor
          start={{ name, spec: declared, replaces: name }}
          type={types.find((one) => one.kind === kind && one.name === typeName)}
          action={text.save}
          isSaving={saving.isPending}
          onSave={isDeclared(connector) ? undefined : (_, spec) => saving.mutate({ spec })}
        >
          {(draft) => (
            <>
              <LeaveGuard isDirty={draft.isDirty} />
              {isDeclared(connector) && (
                <OfferChange name={name} spec={draft.spec} whyNot={whyNot(draft)} />
              )}
            </>
          )}
        </ConnectorEditor>
      </Suspense>
    </>
  );
}

/** Why a declaration can't be offered to the configuration yet. */
function whyNot({ yamlMistakes, found }: Draft): string | undefined {
  if (yamlMistakes.length > 0) {
    return text.offerYamlWrong;
  }
  return found.length > 0 ? text.offerWrong : undefined;
}
