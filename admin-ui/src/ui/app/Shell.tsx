import {
  ActionIcon,
  Alert,
  AppShell,
  Badge,
  Burger,
  Group,
  NavLink,
  Text,
  useComputedColorScheme,
  useMantineColorScheme,
} from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { Link, Outlet, useRouterState } from "@tanstack/react-router";
import {
  Activity,
  Cable,
  FileCog,
  FileJson,
  Gauge,
  HeartPulse,
  Layers,
  MailWarning,
  Moon,
  ScrollText,
  Sun,
  Users,
  WifiOff,
} from "lucide-react";
import { useEffect } from "react";
import { type Connection, useLiveOverview } from "../api/live";
import { shell } from "../text/en/shell";
import styles from "./Shell.module.css";

const VIEWS = [
  { to: "/", label: shell.overview, icon: Activity },
  { to: "/ui/topics", label: shell.topics, icon: Layers },
  { to: "/ui/connectors", label: shell.connectors, icon: Cable },
  { to: "/ui/groups", label: shell.groups, icon: Users },
  { to: "/ui/dead-letters", label: shell.deadLetters, icon: MailWarning },
  { to: "/ui/events", label: shell.events, icon: ScrollText },
  { to: "/ui/configuration", label: shell.configuration, icon: FileCog },
] as const;

/** Whether an address belongs to a view; that of new connectors stands beside that of all. */
function isWithin(path: string, view: string): boolean {
  if (view === "/") {
    return path === "/";
  }
  return path.startsWith(view) || (view === "/ui/connectors" && path.startsWith("/ui/new-connector"));
}

const PAGES = [
  { href: "/q/openapi?format=json", label: shell.api, icon: FileJson },
  { href: "/q/health", label: shell.health, icon: HeartPulse },
  { href: "/q/metrics", label: shell.metrics, icon: Gauge },
] as const;

/** What surrounds every view: where one can go, and whether the gateway is heard. */
export function Shell() {
  const [isMenuOpen, { toggle, close }] = useDisclosure();
  const path = useRouterState({ select: (state) => state.location.pathname });
  const connection = useLiveOverview();
  useEffect(close, [path, close]);
  return (
    <AppShell
      header={{ height: 56 }}
      navbar={{ width: 220, breakpoint: "sm", collapsed: { mobile: !isMenuOpen } }}
      padding={{ base: "sm", sm: "lg" }}
    >
      <a className={styles["skip"]} href="#content">
        {shell.skip}
      </a>
      <AppShell.Header>
        <Group h="100%" px="md" gap="sm" wrap="nowrap">
          <Burger
            opened={isMenuOpen}
            onClick={toggle}
            hiddenFrom="sm"
            size="sm"
            aria-label={shell.menu}
            aria-expanded={isMenuOpen}
          />
          <Link to="/" className={styles["brand"] ?? ""}>
            <img src="/favicon.svg" alt="" width="26" height="26" />
            <Text component="span" fw={700} size="lg">
              {shell.product}
            </Text>
          </Link>
          <ConnectionBadge connection={connection} />
          <ColorSchemeSwitch />
        </Group>
      </AppShell.Header>
      <AppShell.Navbar p="xs" component="nav" aria-label={shell.views}>
        <AppShell.Section grow>
          {VIEWS.map(({ to, label, icon: Icon }) => (
            <NavLink
              key={to}
              component={Link}
              to={to}
              label={label}
              leftSection={<Icon size={18} aria-hidden />}
              active={isWithin(path, to)}
            />
          ))}
        </AppShell.Section>
        <AppShell.Section>
          {PAGES.map(({ href, label, icon: Icon }) => (
            <NavLink
              key={href}
              href={href}
              label={label}
              leftSection={<Icon size={18} aria-hidden />}
            />
          ))}
        </AppShell.Section>
      </AppShell.Navbar>
      <AppShell.Main id="content" tabIndex={-1}>
        {connection === "lost" && (
          <Alert color="orange" icon={<WifiOff size={18} />} mb="md">
            {shell.lost}
          </Alert>
        )}
        <Outlet />
      </AppShell.Main>
    </AppShell>
  );
}

const CONNECTION_COLORS = { connecting: "gray", live: "green", lost: "red" };

function ConnectionBadge({ connection }: { connection: Connection }) {
  return (
    <Badge role="status" color={CONNECTION_COLORS[connection]} variant="light" tt="none">
      {shell.connection[connection]}
    </Badge>
  );
}

function ColorSchemeSwitch() {
  const { setColorScheme } = useMantineColorScheme();
  const isDark = useComputedColorScheme("light") === "dark";
  return (
    <ActionIcon
      ml="auto"
      variant="default"
      size="lg"
      aria-label={isDark ? shell.toLight : shell.toDark}
      title={isDark ? shell.toLight : shell.toDark}
      onClick={() => setColorScheme(isDark ? "light" : "dark")}
    >
      {isDark ? <Sun size={18} /> : <Moon size={18} />}
    </ActionIcon>
  );
}
