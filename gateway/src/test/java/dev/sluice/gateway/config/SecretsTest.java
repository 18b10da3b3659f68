package dev.sluice.gateway.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SecretsTest {

  private final Secrets secrets = new Secrets();

  @Test
  void coversSecretsWhereverTheyStand() {
    secrets.add("sesame");
    secrets.add("open sesame");
    assertThat(secrets.cover("xsesamex: open sesame, Sesame")).isEqualTo("x****x: ****, Sesame");
  }

  @Test
  void coversAShortSecretOnlyAsAWord() {
    secrets.add("a");
    secrets.add(" ");
    assertThat(secrets.cover("'a' at a table")).isEqualTo("'****' at **** table");
  }

  @ParameterizedTest
  @CsvSource({
    "jdbc:postgresql://h/db?user=a&password=b&x=y, jdbc:postgresql://h/db?user=a&password=****&x=y",
    "jdbc:h2:./w;USER=sa;PASSWORD=b;MODE=x, jdbc:h2:./w;USER=sa;PASSWORD=****;MODE=x",
    "https://anna:p%40ss@host/x, https://anna:****@host/x",
    "https://:p@host, https://:****@host",
    "https://anna@host/a:b@c, https://anna@host/a:b@c",
    "amqp://u:${env:PW}@h, amqp://u:${env:PW}@h",
    "http://h?access_token=x, http://h?access_token=****",
    "tcp://h:1883, tcp://h:1883",
    "amqp://u:${env:PW:-hunter2}@h, amqp://u:${env:PW:-****}@h",
    "amqp://u:${env:PW}x@h, amqp://u:****@h",
    "amqp://${env:U}:p@h, amqp://${env:U}:****@h",
    "amqp://u:${file:/run/a@b}@h, amqp://u:${file:/run/a@b}@h",
    "amqp://u:$${x@h/}, amqp://u:****@h/}",
    "h?password=${env:PW:-a&b}&c=d, h?password=${env:PW:-****}&c=d",
    "sftp:h?secretKey=x&a=b, sftp:h?secretKey=****&a=b",
    "s3:b?accessKey=x&passphrase=y, s3:b?accessKey=****&passphrase=****",
    "ftp:h?password=RAW(a&b)&c=d, ftp:h?password=****&c=d",
    "ftp:h?password=RAW{a&b}, ftp:h?password=****",
    "ftp:h?password=RAW(a&b, ftp:h?password=****&b",
    "ftp:h?filter=RAW(a&b)&c=d, ftp:h?filter=RAW(a&b)&c=d",
    "amqp://u:x&password=a@b, amqp://u:****",
  })
  void coversCredentialsInAddresses(String written, String shown) {
    assertThat(Credentials.covered(written)).isEqualTo(shown);
  }
}
