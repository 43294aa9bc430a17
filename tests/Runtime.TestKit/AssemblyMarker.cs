namespace AkkaParty.Runtime.TestKit; public static class TestKitAssembly { }
