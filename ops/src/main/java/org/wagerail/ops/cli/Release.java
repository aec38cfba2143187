package org.wagerail.ops.cli;

import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Signs a payroll's content as one person of the contractor, and sends the signature. */
@CommandLine.Command
final class Release implements Callable<Integer> {
  @Spec private @Nullable CommandSpec command;

  @Parameters(paramLabel = "ID", description = "工资表编号 The payroll")
  private String id = "";

  @Option(
      names = "--sign-with",
      required = true,
      paramLabel = "FILE",
      description = "本人的Ed25519私钥（PKCS #8） One's own Ed25519 private key (PKCS #8)")
  private Path key = Path.of("");

  @Option(
      names = "--hash",
      paramLabel = "HASH",
      description = {
        "所查看内容的摘要；缺省为服务器当前内容",
        "Hash of the content that was looked at; by default what the server has now"
      })
  private @Nullable String hash;

  @Option(names = "--json", description = "输出服务器的JSON Print the server's JSON")
  private boolean json;

  @Override
  public Integer call() throws InterruptedException {
    var line = Objects.requireNonNull(command).commandLine();
    var person = key(line);
    var server = Server.ofEnvironment(System.getenv());
    var path = "/v1/payrolls/" + URLEncoder.encode(id, StandardCharsets.UTF_8);
    return server.ask(
        line.getErr(),
        () -> {
          var payroll = server.get(path);
          if (!payroll.good()) {
            return Server.refused(line.getErr(), payroll);
          }
          if (payroll.body().path("toSign").isMissingNode()) {
            line.getErr().println("尚无可签内容 There is nothing to sign yet: " + payroll.text("state"));
            return Terminal.NO;
          }
          var seen = hash == null ? payroll.text("contentHash") : hash;
          var body = new LinkedHashMap<String, Object>();
          body.put("signature", sign(person, payroll.text("toSign")));
          var answer =
              server.post(
                  path + "/releases",
                  Map.of(
                      "Content-Type",
                      "application/json",
                      "If-Match",
                      '"' + seen + '"',
                      "Idempotency-Key",
                      UUID.randomUUID().toString()),
                  HttpRequest.BodyPublishers.ofString(Json.line(body)));
          if (json) {
            line.getOut().println(answer.body());
          }
          if (!answer.good()) {
            return Server.refused(line.getErr(), answer);
          }
          if (!json) {
            line.getOut().println(answer.text("id") + " " + answer.text("state"));
          }
          return Terminal.YES;
        });
  }

  private PrivateKey key(CommandLine line) {
    try {
      return KeyFactory.getInstance("Ed25519")
          .generatePrivate(new PKCS8EncodedKeySpec(Files.readAllBytes(key)));
    } catch (IOException | GeneralSecurityException e) {
      throw new ParameterException(line, "不是可读的私钥 no private key that can be read: " + key);
    }
  }

  private static String sign(PrivateKey key, String toSign) {
    try {
      var signature = Signature.getInstance("Ed25519");
      signature.initSign(key);
      signature.update(Base64.getDecoder().decode(toSign));
      return Base64.getEncoder().encodeToString(signature.sign());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
