# The server in an image: docker build -t akkaparty . && docker run -p 127.0.0.1:8080:8080 -v akkaparty:/data akkaparty
# Alone it is one node over SQLite in /data; docker-compose.yml makes a cluster of it.

FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
WORKDIR /source
COPY global.json .editorconfig Directory.Build.props Directory.Build.targets Directory.Packages.props ./
COPY eng/ eng/
COPY src/ src/
RUN dotnet publish src/Node -c Release -o /app --nologo -p:GenerateDocumentationFile=false

# Makes the passwords, the cluster's secret and the certificates of docker-compose.yml, once.
FROM alpine:3.20 AS keys
RUN apk add --no-cache openssl
COPY --chmod=755 eng/compose/make-keys /usr/local/bin/make-keys
ENTRYPOINT ["make-keys"]

FROM mcr.microsoft.com/dotnet/aspnet:10.0
WORKDIR /app
COPY --from=build /app .
RUN ln -s /app/akkaparty /usr/local/bin/akkaparty && mkdir /data && chown "$APP_UID" /data
# The image's own choice of ports gives way to ours.
ENV ASPNETCORE_HTTP_PORTS= \
    AkkaParty__Urls=http://0.0.0.0:8080 \
    AkkaParty__DataDirectory=/data
USER $APP_UID
VOLUME /data
EXPOSE 8080
# SIGTERM hands everything over; see AkkaParty__ShutdownSeconds.
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=5s --timeout=3s --start-period=30s --retries=3 \
    CMD ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/8080 && printf 'GET /health/ready HTTP/1.0\\r\\n\\r\\n' >&3 && head -n 1 <&3 | grep -q ' 200 '"]
ENTRYPOINT ["/app/akkaparty"]
