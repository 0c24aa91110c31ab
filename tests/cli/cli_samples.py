"""Templates that the tests of the command line scan."""

from textwrap import dedent

WEAK = """
    Resources:
      Orders:
        Type: AWS::Lambda::Function
        Properties: {Runtime: python3.13, Role: arn:aws:iam::111122223333:role/orders}
      Door:
        Type: AWS::Lambda::Url
        Properties: {TargetFunctionArn: !Ref Orders, AuthType: NONE}
      First:
        Type: AWS::Lambda::Permission
        Properties:
          {FunctionName: !Ref Orders, Action: lambda:InvokeFunctionUrl, Principal: "*", FunctionUrlAuthType: NONE}
      Second:
        Type: AWS::Lambda::Permission
        Properties: {FunctionName: !Ref Orders, Action: lambda:InvokeFunction, Principal: "*", InvokedViaFunctionUrl: true}
"""
OPEN = "Parameters: {Auth: {Type: String}}\n" + dedent(WEAK).lstrip("\n").replace(
    "AuthType: NONE}", "AuthType: !Ref Auth}", 1
)
CLEAN = "Resources: {Topic: {Type: AWS::SNS::Topic}}\n"
