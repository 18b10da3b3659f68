package dev.sluice.source.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.connector.ConnectorException;
import dev.sluice.connector.ErrorCategory;
import dev.sluice.connector.Options;
import dev.sluice.source.support.SchemaOptions;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class H2PollingTest extends PollingContract {

  private final String url = "jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1";

  @Override
  Map<String, Object> login() {
    return Map.of("url", url, "user", "sa", "password", "");
  }

  @Override
  Connection connect() throws SQLException {
    return DriverManager.getConnection(url, "sa", "");
  }

  @Override
  String name(String lower) {
    return upper(lower);
  }

  @AfterEach
  void shutDown() throws Exception {
    closeAll();
    sql("shutdown");
  }

  @Test
  void defaultsOfSchemaAndCodeAgree() {
    assertThat(
            JdbcOptions.from(
                new Options(
                    SchemaOptions.of(
                        new JdbcSourceType(), Map.of("url", url, "tables", List.of("t"))))))
        .isEqualTo(
            new JdbcOptions(
                new JdbcOptions.Login(
                    url, Optional.empty(), Optional.empty(), Duration.ofMinutes(5)),
                List.of("t"),
                Optional.empty(),
                new JdbcOptions.Cursor(
                    JdbcOptions.Mode.INCREMENTING,
                    Optional.empty(),
                    Optional.empty(),
                    Duration.ofSeconds(1),
                    ZoneId.systemDefault()),
                List.of(),
                Duration.ofSeconds(1),
                1000));
  }

  @Test
  void valuesKeepTheirExactForm() throws Exception {
    sql(
        """
        create table kinds (id int primary key, d decimal(30, 10), r real, f double precision,
          b boolean, dt date, t time(9), ts timestamp(9), tz timestamp(9) with time zone,
          bin varbinary(10), txt clob, u uuid, arr int array, nothing int)""",
        """
        insert into kinds values (1, 12345678901234567890.0123456789, 0.1, 'NaN', true,
          '2026-02-28', '23:59:59.123456789', '2026-01-01 00:00:00.000000001',
          '2026-01-01 00:00:00.5+02:00', X'0102', 'text',
          '00000000-0000-0000-0000-000000000001', array[1, null, 3], null)""");
    JdbcHarness source = source(Map.of("tables", List.of("kinds")));
    source.cycle();
    Object value = source.records.getFirst().value();
    assertThat(value).isInstanceOf(Map.class);
    @SuppressWarnings("unchecked")
    Map<String, Object> row = new HashMap<>((Map<String, Object>) Optional.ofNullable(value).get());
    assertThat(row.remove("BIN")).isEqualTo(new byte[] {1, 2});
    assertThat(row.remove("ARR")).asString().isEqualTo("[1, null, 3]");
    assertThat(row).containsKey("NOTHING");
    assertThat(row.remove("NOTHING")).isNull();
    assertThat(row)
        .isEqualTo(
            Map.ofEntries(
                Map.entry("ID", 1L),
                Map.entry("D", new BigDecimal("12345678901234567890.0123456789")),
                Map.entry("R", new BigDecimal("0.1")),
                Map.entry("F", "NaN"),
                Map.entry("B", true),
                Map.entry("DT", "2026-02-28"),
                Map.entry("T", "23:59:59.123456789"),
                Map.entry("TS", "2026-01-01T00:00:00.000000001"),
                Map.entry("TZ", "2026-01-01T00:00:00.500+02:00"),
                Map.entry("TXT", "text"),
                Map.entry("U", "00000000-0000-0000-0000-000000000001")));
  }

  @Test
  void aTimeIsKeptToTheNanosecond() throws Exception {
    sql(
        "create table fine (id int primary key, changed timestamp(9))",
        "insert into fine values (1, '2026-01-01 10:00:00.000000001')");
    JdbcHarness source =
        source(
            Map.of("tables", List.of("fine"), "mode", "timestamp", "timestamp-column", "changed"));
    source.cycle();
    sql("insert into fine values (2, '2026-01-01 10:00:00.000000002')");
    source.start();
    source.cycle();
    assertThat(source.column("ID")).containsExactly(1L, 2L);
  }

  @Test
  void aRefusedLoginIsAConfigurationErrorWithoutThePassword() throws Exception {
    sql("create user u password 'right'");
    assertRefused(
        Map.of("user", "u", "password", "s3cret-wrong", "tables", List.of("t")),
        ErrorCategory.CONFIGURATION);
  }

  @Test
  void anUnreachableDatabaseIsAnExternalErrorWithoutThePassword() {
    assertRefused(
        Map.of(
            "url",
            "jdbc:postgresql://u:s3cret-in-url@127.0.0.1:1/db?password=s3cret-too",
            "password",
            "s3cret-option",
            "tables",
            List.of("t")),
        ErrorCategory.EXTERNAL);
  }

  private void assertRefused(Map<String, Object> options, ErrorCategory category) {
    assertThatThrownBy(() -> source(options).start())
        .isInstanceOfSatisfying(
            ConnectorException.class,
            error -> {
              assertThat(error.category()).isEqualTo(category);
              assertThat(error.message()).contains("jdbc:");
              java.io.StringWriter trace = new java.io.StringWriter();
              error.printStackTrace(new java.io.PrintWriter(trace));
              assertThat(trace.toString()).doesNotContain("s3cret");
            });
  }

  @Test
  void anUnknownDriverIsAConfigurationError() {
    assertThatThrownBy(
            () -> source(Map.of("url", "jdbc:nosuch://x", "tables", List.of("t"))).start())
        .isInstanceOfSatisfying(
            ConnectorException.class,
            error -> assertThat(error.code()).isEqualTo("jdbc-driver-missing"));
  }

  @Test
  void aDatabaseThatGoesAwayIsAnExternalErrorAndCanBeClosed() throws Exception {
    sql("create table t (id int primary key)", "insert into t values (1)");
    JdbcHarness source = source(Map.of("tables", List.of("t")));
    source.cycle();
    sql("shutdown");
    assertThatThrownBy(source::cycle)
        .isInstanceOfSatisfying(
            ConnectorException.class,
            error -> assertThat(error.category()).isEqualTo(ErrorCategory.EXTERNAL));
    source.close();
  }

  @Test
  void urlsAreShownWithoutSecrets() {
    assertThat(SafeUrl.of("jdbc:postgresql://db/shop?user=u&password=p"))
        .isEqualTo("jdbc:postgresql://db/shop");
    assertThat(SafeUrl.of("jdbc:h2:./shop;PASSWORD=p")).isEqualTo("jdbc:h2:./shop");
    assertThat(SafeUrl.of("jdbc:postgresql://u:p?x;y@z@db:5432/shop"))
        .isEqualTo("jdbc:postgresql://db:5432/shop");
    assertThat(SafeUrl.of("jdbc:oracle:thin:u/p@//db:1521/x")).doesNotContain("u/p");
  }

  @Test
  void optionsThatContradictEachOtherAreRefused() {
    assertRefusedByCheck(Map.of(), "Neither 'tables' nor 'query'");
    assertRefusedByCheck(Map.of("tables", List.of("t"), "query", "q"), "Both 'tables' and 'query'");
    assertRefusedByCheck(
        Map.of("tables", List.of("t"), "mode", "timestamp"), "needs the option 'timestamp-column'");
    assertRefusedByCheck(Map.of("query", "select 1"), "needs the option 'incrementing-column'");
    assertRefusedByCheck(Map.of("tables", List.of("t"), "time-zone", "Mars"), "'time-zone'");
    assertRefusedByCheck(Map.of("tables", List.of("t"), "url", "h2:mem:x"), "'jdbc:'");
  }

  private void assertRefusedByCheck(Map<String, Object> given, String message) {
    Map<String, Object> options = new HashMap<>(login());
    options.putAll(given);
    JdbcSourceType type = new JdbcSourceType();
    assertThatThrownBy(() -> type.check(new Options(SchemaOptions.of(type, options))))
        .isInstanceOf(ConnectorException.class)
        .hasMessageContaining(message);
  }
}
