package dev.sluice.gateway.journey;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.util.List;

/**
 * A page of the admin UI.
 *
 * @param name for files and failures
 * @param path where it is
 * @param place a selector of the part of it that gets the content
 * @param ready a text that is there once it has its content
 */
record View(String name, String path, String place, String ready) {

  /** Every view, as {@link DemoGateway} fills it. */
  static final List<View> ALL =
      List.of(
          new View("overview", "/", "billing"),
          new View("topics", "/ui/topics", "readings"),
          new View("topic-records", "/ui/topics/shop.orders", "Partition"),
          new View("topic-search", "/ui/topics/invoices?start=search&text=agreed", "8 found"),
          new View("topic-partitions", "/ui/topics/shop.orders?tab=partitions", "Partition"),
          new View("topic-clients", "/ui/topics/shop.orders?tab=clients", "warehouse"),
          new View("topic-settings", "/ui/topics/shop.orders?tab=settings", "etention"),
          new View("connectors", "/ui/connectors", "warehouse"),
          new View("connector", "/ui/connectors/billing", "Task 0"),
          new View("connector-errors", "/ui/connectors/ledger?tab=errors", "record set aside"),
          new View("connector-positions", "/ui/connectors/warehouse?tab=positions", "shop.orders"),
          new View("connector-capture", "/ui/connectors/shop?tab=capture", "public.orders"),
          new View("connector-configuration", "/ui/connectors/shop?tab=configuration", "tables"),
          new View("connector-catalogue", "/ui/new-connector", "PostgreSQL"),
          new View("connector-new", "/ui/new-connector/source/postgres-cdc", "Database"),
          new View("rule-new", "/ui/new-connector/rule/rule", "From"),
          new View("connector-edit", "/ui/connectors/shop/edit", "Database"),
          new View("dead-letters", "/ui/dead-letters", "ledger.dead-letters"),
          new View("dead-letters-topic", "/ui/dead-letters/ledger.dead-letters", "DECIMAL"),
          new View(
              "dead-letter",
              "/ui/dead-letters/ledger.dead-letters?letter=0%3A0",
              "[role=dialog]",
              "to be agreed"),
          new View("groups", "/ui/groups", "analytics"),
          new View("group", "/ui/groups/analytics", "shop.orders"),
          new View("events", "/ui/events", "warehouse"),
          new View("configuration", "/ui/configuration", "gateway.yaml"));

  /** A page whose content is in its main part. */
  View(String name, String path, String ready) {
    this(name, path, "main", ready);
  }

  /** Waits until the page has all that it loads at first. */
  void awaitReady(Page page) {
    awaitLoaded(page);
    assertThat(page.locator(place).getByText(ready).first()).isVisible();
  }

  /** Waits until a page, whatever it shows, loads no more. */
  static void awaitLoaded(Page page) {
    assertThat(page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setLevel(1)))
        .isVisible();
    assertThat(page.locator(".mantine-Loader-root, .mantine-Skeleton-root")).hasCount(0);
  }

  @Override
  public String toString() {
    return name;
  }
}
