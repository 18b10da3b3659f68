import { Alert, Tabs } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { connectorQuery } from "../../../api/queries";
import type { Connector } from "../../../api/schema";
import { Page } from "../../../components/Page";
import { isGone, Query } from "../../../components/Query";
import { connector as text } from "../../../text/en/connector";
import { CapturePanel } from "../../capture/CapturePanel";
import { PositionsTab } from "../positions/PositionsTab";
import { TABS } from "../search";
import { Actions } from "./Actions";
import { ConfigurationTab } from "./ConfigurationTab";
import { ErrorsTab } from "./ErrorsTab";
import { Facts } from "./Facts";
import { TaskList } from "./TaskList";
import { useLiveConnector } from "./useLiveConnector";

const route = getRouteApi("/ui/connectors/$connector");
const TASKS = "tasks";

/** A connector as a whole: how it goes, what went wrong, where it is, and what can be done. */
export function ConnectorPage() {
  const { connector: name } = route.useParams();
  useLiveConnector(name);
  const query = useQuery(connectorQuery(name));
  return (
    <Page
      title={name}
      actions={query.data && !isGone(query) && <Actions connector={query.data} />}
    >
      <Query query={query} gone={text.gone}>{(connector) => <Parts connector={connector} />}</Query>
    </Page>
  );
}

function Parts({ connector }: { connector: Connector }) {
  const { tab } = route.useSearch();
  const navigate = route.useNavigate();
  const go = (next: string | null) => {
    const known = TABS.find((one) => one === next);
    void navigate({ search: known ? { tab: known } : {} });
  };
  const isComingTo = text.wanted[connector.target];
  return (
    <>
      {!isReached(connector) && <Alert color="gray">{isComingTo}.</Alert>}
      <Facts connector={connector} />
      <Tabs value={tab ?? TASKS} keepMounted={false} onChange={go}>
        <Tabs.List aria-label={text.tabs} mb="md">
          <Tabs.Tab value={TASKS}>{text.tasks}</Tabs.Tab>
          <Tabs.Tab value="errors">{text.errors}</Tabs.Tab>
          <Tabs.Tab value="positions">{text.positions}</Tabs.Tab>
          <Tabs.Tab value="configuration">{text.configuration}</Tabs.Tab>
          {connector.capture && <Tabs.Tab value="capture">{text.capture}</Tabs.Tab>}
        </Tabs.List>
        <Tabs.Panel value={TASKS}>
          <TaskList connector={connector} />
        </Tabs.Panel>
        <Tabs.Panel value="errors">
          <ErrorsTab connector={connector} />
        </Tabs.Panel>
        <Tabs.Panel value="positions">
          <PositionsTab connector={connector} />
        </Tabs.Panel>
        <Tabs.Panel value="configuration">
          <ConfigurationTab connector={connector} />
        </Tabs.Panel>
        <Tabs.Panel value="capture">
          <CapturePanel connector={connector.name} />
        </Tabs.Panel>
      </Tabs>
    </>
  );
}

/** Whether pause or stop has come true for all tasks. */
function isReached({ target, taskDetails }: Connector): boolean {
  return target === "STARTED" || taskDetails.every(({ state }) => state === target);
}
