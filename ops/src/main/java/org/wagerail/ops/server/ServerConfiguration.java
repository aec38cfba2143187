package org.wagerail.ops.server;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import jakarta.servlet.DispatcherType;
import java.net.MalformedURLException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.tomcat.ConfigurableTomcatWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2TokenValidatorResult;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtIssuerValidator;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.security.oauth2.server.resource.web.authentication.BearerTokenAuthenticationFilter;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.firewall.RequestRejectedHandler;
import org.wagerail.adapter.rest.Refused;
import org.wagerail.adapter.rest.SecurityLog;
import org.wagerail.project.Users;

/** Who is let in: bearers of a token that our issuer signed for us, and of a name we know. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnWebApplication
@EnableWebSecurity
class ServerConfiguration {
  private static final Duration CLOCKS_DIFFER = Duration.ofSeconds(30);

  /** Signatures only, and only by keys that cannot be taken for shared secrets. */
  private static final Set<JWSAlgorithm> ALGORITHMS =
      Set.of(JWSAlgorithm.ES256, JWSAlgorithm.PS256, JWSAlgorithm.RS256);

  /** A header that says more than which key of ours signed wants to bring its own. */
  private static final Set<String> HEADERS = Set.of("alg", "typ", "kid");

  @Bean
  SecurityFilterChain doors(
      HttpSecurity http,
      JwtDecoder decoder,
      Users users,
      Clock clock,
      Strangers strangers,
      ObjectProvider<TokenIssuer> sandbox)
      throws Exception {
    var open = sandbox.getIfAvailable() == null ? new String[0] : new String[] {"/sandbox/**"};
    return http.csrf(AbstractHttpConfigurer::disable)
        .logout(AbstractHttpConfigurer::disable)
        .requestCache(AbstractHttpConfigurer::disable)
        .sessionManagement(s -> s.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
        .authorizeHttpRequests(
            requests ->
                requests
                    .dispatcherTypeMatchers(DispatcherType.ERROR)
                    .permitAll()
                    .requestMatchers(open)
                    .permitAll()
                    .anyRequest()
                    .authenticated())
        .oauth2ResourceServer(
            server -> server.jwt(jwt -> jwt.decoder(decoder)).authenticationEntryPoint(strangers))
        .exceptionHandling(handling -> handling.authenticationEntryPoint(strangers))
        .addFilterAfter(new Callers(users, clock, strangers), BearerTokenAuthenticationFilter.class)
        .build();
  }

  @Bean
  WebServerFactoryCustomizer<ConfigurableTomcatWebServerFactory> valves() {
    return factory -> {
      factory.addEngineValves(new UnreadBodies());
      factory.addContextCustomizers(
          context -> context.getParent().getPipeline().addValve(new UnroutedRequests()));
    };
  }

  @Bean
  RequestRejectedHandler malformedRequests(SecurityLog log) {
    return (request, response, why) -> {
      log.refused(request, new Refused(Refused.Code.REQUEST_INVALID));
      Strangers.write(response, Refused.Code.REQUEST_INVALID);
    };
  }

  @Bean
  JwtDecoder jwtDecoder(ObjectProvider<TokenIssuer> sandbox, Environment settings, Clock clock)
      throws MalformedURLException {
    var issuer = sandbox.getIfAvailable();
    JWKSource<SecurityContext> keys =
        issuer != null
            ? new ImmutableJWKSet<>(issuer.publicKeys())
            : JWKSourceBuilder.<SecurityContext>create(
                    URI.create(settings.getRequiredProperty("wagerail.jwks")).toURL())
                .retrying(true)
                .build();
    var processor = new DefaultJWTProcessor<SecurityContext>();
    processor.setJWSKeySelector(new JWSVerificationKeySelector<>(ALGORITHMS, keys));
    processor.setJWSTypeVerifier(
        new DefaultJOSEObjectTypeVerifier<>(
            JOSEObjectType.JWT, new JOSEObjectType("at+jwt"), null));
    // Claims are judged below, by our own clock.
    processor.setJWTClaimsSetVerifier((claims, context) -> {});
    var decoder = new NimbusJwtDecoder(processor);
    var dates = new JwtTimestampValidator(CLOCKS_DIFFER);
    dates.setClock(clock);
    decoder.setJwtValidator(
        new DelegatingOAuth2TokenValidator<Jwt>(
            dates,
            new JwtIssuerValidator(
                issuer != null
                    ? TokenIssuer.ISSUER
                    : settings.getRequiredProperty("wagerail.issuer")),
            isFor(
                issuer != null
                    ? TokenIssuer.AUDIENCE
                    : settings.getRequiredProperty("wagerail.audience"))));
    return decoder;
  }

  /** What the usual validators let pass: no end, another's audience, a key of its own. */
  private static OAuth2TokenValidator<Jwt> isFor(String audience) {
    return token -> {
      var to = token.getAudience();
      return token.getExpiresAt() != null
              && to != null
              && to.contains(audience)
              && HEADERS.containsAll(token.getHeaders().keySet())
          ? OAuth2TokenValidatorResult.success()
          : OAuth2TokenValidatorResult.failure(new OAuth2Error("invalid_token"));
    };
  }
}
