"""Templates that the tests of the command line scan."""

from textwrap import dedent

WEAK = """
    Resources:
      Orders:
        Type: AWS::Lambda::Function
        Properties: {Runtime: python3.13, Role: !GetAtt Worker.Arn}
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
      Worker:
        Type: AWS::IAM::Role
        Properties:
          AssumeRolePolicyDocument:
            Version: "2012-10-17"
            Statement: [{Effect: Allow, Principal: {Service: lambda.amazonaws.com}, Action: sts:AssumeRole}]
"""
OPEN = "Parameters: {Auth: {Type: String}}\n" + dedent(WEAK).lstrip("\n").replace(
    "AuthType: NONE}", "AuthType: !Ref Auth}", 1
)
CLEAN = "Resources: {Topic: {Type: AWS::SNS::Topic}}\n"
