package dev.sluice.gateway.deadletter;

import dev.sluice.gateway.deadletter.JobView.Refusal;
import dev.sluice.gateway.log.LogException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a job does with some letters. Used by one thread. */
interface Work {

  /**
   * What came of some letters.
   *
   * @param done what is to be marked
   * @param refused what stays as it was
   * @param failure why the rest was not dealt with, or null
   */
  record Outcome(List<Done> done, List<Refusal> refused, @Nullable LogException failure) {}

  /** A letter that was dealt with, and whom it was sent to; empty for nobody. */
  record Done(LetterId letter, String to) {}

  /** Does it; what is in {@code done} is durable when this returns. */
  Outcome carryOut(List<Letter> letters) throws InterruptedException;

  /** Sends letters again. */
  record Resend(Routes routes, Sender sender, Target target, Edit edit) implements Work {

    @Override
    public Outcome carryOut(List<Letter> letters) throws InterruptedException {
      List<Sender.Item> items = new ArrayList<>();
      List<Refusal> refused = new ArrayList<>();
      for (Letter letter : letters) {
        switch (routes.route(letter, target, edit)) {
          case Route.Send send -> items.add(new Sender.Item(letter.id(), send));
          case Route.Refused no -> refused.add(new Refusal(letter.id(), no.code(), no.reason()));
        }
      }
      Sender.Outcome outcome = sender.send(items);
      for (Sender.Turned turned : outcome.refused()) {
        refused.add(new Refusal(turned.id(), turned.refusal().code(), turned.refusal().reason()));
      }
      return new Outcome(
          outcome.sent().stream().map(item -> new Done(item.id(), item.route().to())).toList(),
          refused,
          outcome.failure());
    }
  }

  /** Does nothing but that they are marked. */
  record Discard() implements Work {

    @Override
    public Outcome carryOut(List<Letter> letters) {
      return new Outcome(
          letters.stream().map(letter -> new Done(letter.id(), "")).toList(), List.of(), null);
    }
  }
}
