package dev.sluice.gateway.boot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.broker.kafka.AdminChanges.Change;
import dev.sluice.gateway.events.Actor;
import dev.sluice.gateway.events.Event;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClientChangesTest {

  private final List<Event> events = new ArrayList<>();
  private final ClientChanges changes = new ClientChanges(events::add);

  @Test
  void sayWhatWasDoneToWhatByWhom() {
    changes.made(Change.POSITIONS_DELETED, "readers", List.of("orders-0"), "User:anna@10.0.0.7");
    assertThat(events)
        .singleElement()
        .satisfies(
            event -> {
              assertThat(event.type()).isEqualTo("group.offsets-deleted");
              assertThat(event.subject()).isEqualTo("readers");
              assertThat(event.message())
                  .isEqualTo("Positions of the group were deleted: orders-0.");
              assertThat(event.actor()).isEqualTo(Actor.kafka("User:anna@10.0.0.7"));
            });
  }

  @Test
  void areShortHoweverMuchWasDone() {
    List<String> rules = Collections.nCopies(500, "x".repeat(3_000));
    for (Change change : Change.values()) {
      changes.made(change, "User:" + "y".repeat(3_000), rules, "User:anna@10.0.0.7");
    }
    assertThat(events).allSatisfy(event -> assertThat(event.message()).hasSizeLessThan(2_000));
    assertThat(events).extracting(Event::type).doesNotHaveDuplicates();
  }
}
