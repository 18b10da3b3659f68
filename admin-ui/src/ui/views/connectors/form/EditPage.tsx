import { notifications } from "@mantine/notifications";
import { useMutation, useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { lazy, Suspense, useState } from "react";
import { connectorQuery, queries } from "../../../api/queries";
import type { ConnectorType } from "../../../api/schema";
import { LeaveGuard } from "../../../components/LeaveGuard";
import { Failure, Loading } from "../../../components/Notice";
import { Page } from "../../../components/Page";
import { Query } from "../../../components/Query";
import { connectorForm as text } from "../../../text/en/connectorForm";
import { isDeclared } from "../origin";
import {
  connectorTypesQuery,
  type Declared,
  declaredNow,
  declaredQuery,
  isOutdated,
  saveConnector,
} from "./api";
import { ChangedMeanwhile } from "./ChangedMeanwhile";
import { OfferChange } from "./OfferChange";
import type { Spec } from "./specYaml";
import type { Draft } from "./useDraft";

const ConnectorEditor = lazy(() => import("./ConnectorEditor"));
const route = getRouteApi("/ui/connectors/$connector/edit");

/** A connector's declaration, to be changed. */
export function EditPage() {
  const { connector: name } = route.useParams();
  const declared = useQuery(declaredQuery(name));
  const types = useQuery(connectorTypesQuery);
  return (
    <Page title={text.editTitle(name)}>
      <Query query={types}>
        {(all) => (
          <Query query={declared}>{(one) => <Edit key={name} declared={one} types={all} />}</Query>
        )}
      </Query>
    </Page>
  );
}

function Edit({ declared, types }: { declared: Declared; types: ConnectorType[] }) {
  const navigate = route.useNavigate();
  const [begun, begin] = useState({ declared, turn: 0 });
  // What saving takes the place of: something else once its changes have been seen.
  const [seen, setSeen] = useState(declared.tag);
  const { connector } = begun.declared;
  const { name, kind, type: typeName, config } = connector;
  const looking = useMutation({ mutationFn: () => declaredNow(name) });
  const saving = useMutation({
    mutationFn: ({ spec }: { spec: Spec }) => saveConnector(name, spec, seen),
    onMutate: () => looking.reset(),
    onSuccess: async () => {
      notifications.show({ message: text.saved(name) });
      await queries.invalidateQueries(connectorQuery(name));
      await navigate({
        to: "/ui/connectors/$connector",
        params: { connector: name },
        ignoreBlocker: true,
      });
    },
    onError: (error) => isOutdated(error) && looking.mutate(),
  });
  const theirs = looking.data;
  const goOnFrom = ({ tag }: Declared) => {
    setSeen(tag);
    saving.reset();
    looking.reset();
  };
  return (
    <>
      {saving.error && !theirs && <Failure error={looking.error ?? saving.error} />}
      <Suspense fallback={<Loading />}>
        <ConnectorEditor
          key={begun.turn}
          start={{ name, spec: config, replaces: name }}
          type={types.find((one) => one.kind === kind && one.name === typeName)}
          action={text.save}
          isSaving={saving.isPending || looking.isPending}
          onSave={isDeclared(connector) ? undefined : (_, spec) => saving.mutate({ spec })}
        >
          {(draft) => (
            <>
              <LeaveGuard isDirty={draft.isDirty} />
              {isDeclared(connector) && (
                <OfferChange name={name} spec={draft.spec} whyNot={whyNot(draft)} />
              )}
              {theirs && (
                <ChangedMeanwhile
                  mine={draft.yaml}
                  theirs={theirs.connector.config}
                  onKeepMine={() => goOnFrom(theirs)}
                  onTakeTheirs={() => {
                    goOnFrom(theirs);
                    begin({ declared: theirs, turn: begun.turn + 1 });
                  }}
                />
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
