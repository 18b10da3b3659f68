package dev.sluice.gateway.deadletter;

import dev.sluice.gateway.log.NewRecord;

/** What becomes of a letter that is to be sent again. */
sealed interface Route {

  /**
   * A record for a topic.
   *
   * @param topic the topic
   * @param content the record
   * @param to whom it is sent, for people: a connector's or topic's name
   * @param mayCreate whether the topic is made if it is not there
   */
  record Send(String topic, NewRecord content, String to, boolean mayCreate) implements Route {}

  /**
   * It can't be sent, and stays as it is.
   *
   * @param code a stable name for why
   * @param reason why, one sentence, and what to do
   */
  record Refused(String code, String reason) implements Route {

    static Refused of(Destination.Nowhere nowhere) {
      return new Refused(nowhere.code(), nowhere.reason() + " " + nowhere.suggestion());
    }
  }
}
