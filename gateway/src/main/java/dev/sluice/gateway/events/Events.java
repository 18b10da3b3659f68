package dev.sluice.gateway.events;

/** Where events are reported to. */
@FunctionalInterface
public interface Events {

  /**
   * Reports an event. Never blocks and never fails: when the bounded queue is full the event is
   * counted as dropped, since a report must not stop what it reports on.
   */
  void publish(Event event);

  /**
   * For whom the calling thread acts: what to hand over with work that another thread does, and
   * reports.
   */
  default Actor actor() {
    return Actor.GATEWAY;
  }
}
