import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
} from "@tanstack/react-router";
import { addressSearch, textIn } from "../components/address";
import { Failure, Loading } from "../components/Notice";
import { NotFound } from "./NotFound";
import { groupFilter, groupSearch } from "../views/groups/search";
import { pipelineFilter } from "../views/overview/selection";
import { configurationSearch } from "../views/configuration/search";
import { connectorSearch, connectorsSearch } from "../views/connectors/search";
import { letterSearch } from "../views/deadletters/search";
import { eventSearch } from "../views/events/search";
import { recordSearch } from "../views/topics/search";
import { Shell } from "./Shell";

export interface Filter {
  /** What the rows must contain. */
  q?: string;
  /** Whether the gateway's own are among them. */
  internal?: boolean;
}

/** A list, and by which column it is ordered. */
export interface SortedFilter extends Filter {
  sort?: string;
  /** Whether the largest is the first. */
  desc?: boolean;
}

function sortedFilter(search: Record<string, unknown>): SortedFilter {
  return {
    ...filter(search),
    ...textIn(search, "sort"),
    ...(search["desc"] === true ? { desc: true } : {}),
  };
}

/** Only what is known and well-formed is taken from the address. */
function filter(search: Record<string, unknown>): Filter {
  return {
    ...textIn(search, "q"),
    ...(search["internal"] === true ? { internal: true } : {}),
  };
}

const root = createRootRoute({ component: Shell, notFoundComponent: NotFound });

const overview = createRoute({
  getParentRoute: () => root,
  path: "/",
  validateSearch: pipelineFilter,
  component: lazyRouteComponent(() => import("../views/overview/OverviewPage"), "OverviewPage"),
});

const topics = createRoute({
  getParentRoute: () => root,
  path: "/ui/topics",
  validateSearch: sortedFilter,
  component: lazyRouteComponent(() => import("../views/topics/TopicsPage"), "TopicsPage"),
});

const topic = createRoute({
  getParentRoute: () => root,
  path: "/ui/topics/$topic",
  validateSearch: recordSearch,
  component: lazyRouteComponent(() => import("../views/topics/TopicPage"), "TopicPage"),
});

const connectors = createRoute({
  getParentRoute: () => root,
  path: "/ui/connectors",
  validateSearch: connectorsSearch,
  component: lazyRouteComponent(
    () => import("../views/connectors/ConnectorsPage"),
    "ConnectorsPage",
  ),
});

const groups = createRoute({
  getParentRoute: () => root,
  path: "/ui/groups",
  validateSearch: groupFilter,
  component: lazyRouteComponent(() => import("../views/groups/GroupsPage"), "GroupsPage"),
});

const group = createRoute({
  getParentRoute: () => root,
  path: "/ui/groups/$group",
  validateSearch: groupSearch,
  component: lazyRouteComponent(() => import("../views/groups/GroupPage"), "GroupPage"),
});

const connector = createRoute({
  getParentRoute: () => root,
  path: "/ui/connectors/$connector",
  validateSearch: connectorSearch,
  component: lazyRouteComponent(
    () => import("../views/connectors/detail/ConnectorPage"),
    "ConnectorPage",
  ),
});

const catalogue = createRoute({
  getParentRoute: () => root,
  path: "/ui/new-connector",
  validateSearch: connectorsSearch,
  component: lazyRouteComponent(
    () => import("../views/connectors/form/CataloguePage"),
    "CataloguePage",
  ),
});

const createConnector = createRoute({
  getParentRoute: () => root,
  path: "/ui/new-connector/$kind/$type",
  component: lazyRouteComponent(() => import("../views/connectors/form/CreatePage"), "CreatePage"),
});

const editConnector = createRoute({
  getParentRoute: () => root,
  path: "/ui/connectors/$connector/edit",
  component: lazyRouteComponent(() => import("../views/connectors/form/EditPage"), "EditPage"),
});

const deadLetters = createRoute({
  getParentRoute: () => root,
  path: "/ui/dead-letters",
  component: lazyRouteComponent(
    () => import("../views/deadletters/DeadLettersPage"),
    "DeadLettersPage",
  ),
});

const deadLetterTopic = createRoute({
  getParentRoute: () => root,
  path: "/ui/dead-letters/$topic",
  validateSearch: letterSearch,
  component: lazyRouteComponent(
    () => import("../views/deadletters/DeadLetterTopicPage"),
    "DeadLetterTopicPage",
  ),
});

const configuration = createRoute({
  getParentRoute: () => root,
  path: "/ui/configuration",
  validateSearch: configurationSearch,
  component: lazyRouteComponent(
    () => import("../views/configuration/ConfigurationPage"),
    "ConfigurationPage",
  ),
});

const events = createRoute({
  getParentRoute: () => root,
  path: "/ui/events",
  validateSearch: eventSearch,
  component: lazyRouteComponent(() => import("../views/events/EventsPage"), "EventsPage"),
});

/** Where every view lives. What is not the gateway's page itself lies below /ui/. */
export const router = createRouter({
  ...addressSearch,
  routeTree: root.addChildren([
    overview,
    topics,
    topic,
    connectors,
    groups,
    group,
    connector,
    catalogue,
    createConnector,
    editConnector,
    deadLetters,
    deadLetterTopic,
    configuration,
    events,
  ]),
  defaultPendingComponent: Loading,
  defaultErrorComponent: ({ error }) => <Failure error={error instanceof Error ? error : new Error(String(error))} />,
  defaultPreload: "intent",
  scrollRestoration: true,
});

declare module "@tanstack/react-router" {
  interface Register {
    router: typeof router;
  }
}
